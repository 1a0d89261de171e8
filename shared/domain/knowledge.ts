import { z } from 'zod';
import { DecisionId, IsoTime, Ticker } from './ids.ts';
import { MEMORY_TEXT_MOST, MemoryData, MemoryId } from './memory.ts';
import { Side } from './outcome.ts';
import { REGIMES } from './reading.ts';
import { seen } from './seen-text.ts';
import { AsOf, Interval } from './series.ts';

const Regime = z.enum(REGIMES);

/** Below this many cases a rate is not shown, only counts (DEFINITIONS 7). */
export const RATE_LEAST = 10;

/** How often something won; `low` and `high` bound it with 95 % (Wilson). All null at n = 0. */
export const LiveRate = z.object({
  n: z.int(),
  wins: z.int(),
  rate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type LiveRate = z.infer<typeof LiveRate>;

const PatternName = z
  .string()
  .trim()
  .min(1, 'a name has 1 to 80 characters')
  .max(80, 'a name has 1 to 80 characters')
  .regex(/^[\p{L}\p{N} ._()+/-]+$/u, 'a name of letters, digits, spaces and . _ ( ) + / -');

/** A pattern; what it names of symbol, interval, regime and side narrows the setups that count for it. The same name again replaces what was said before. */
export const NewPattern = z.object({
  name: PatternName,
  description: seen(MEMORY_TEXT_MOST).refine((text) => text !== '', 'it is empty'),
  /** What its author says, 0 to 1. */
  successRate: z.number().min(0).max(1).optional(),
  symbol: Ticker.optional(),
  interval: Interval.optional(),
  regime: Regime.optional(),
  side: Side.optional(),
});
export type NewPattern = z.input<typeof NewPattern>;

export const PatternView = z.object({
  id: MemoryId,
  name: z.string(),
  description: z.string(),
  /** What its author says; null where nothing was said. */
  statedRate: z.number().nullable(),
  symbol: Ticker.nullable(),
  interval: Interval.nullable(),
  regime: Regime.nullable(),
  side: Side.nullable(),
  knownAt: IsoTime,
  /** Of settled setups that it names and trades logged against it. */
  live: LiveRate.extend({ setups: z.int(), trades: z.int() }),
});
export type PatternView = z.infer<typeof PatternView>;

/** What is told of a trade. */
export const TradeFields = z.object({
  symbol: Ticker,
  side: Side,
  entry: z.number().positive().finite(),
  /** Left out, as `pnl`, while the trade is open: it is pending, and counts nowhere. */
  exit: z.number().positive().finite().optional(),
  pnl: z.number().finite().optional(),
  note: seen(MEMORY_TEXT_MOST - 200).default(''),
  /** When it was closed, of an open one when it was opened; not later than now. A bare date is the end of that day in UTC. Default now. */
  at: AsOf.optional(),
  interval: Interval.optional(),
  regime: Regime.optional(),
  pattern: PatternName.optional(),
  strategy: PatternName.optional(),
  decisionId: DecisionId.optional(),
});

const HALF_CLOSED = 'a closed trade has an exit and a result (pnl), an open one has neither';

/** A trade the user made; prices in the symbol's currency, `pnl` after costs in the account's. */
export const TradeOutcome = TradeFields.refine(({ exit, pnl }) => exit === undefined || pnl !== undefined, {
  path: ['pnl'],
  error: HALF_CLOSED,
}).refine(({ exit, pnl }) => pnl === undefined || exit !== undefined, { path: ['exit'], error: HALF_CLOSED });
export type TradeOutcome = z.input<typeof TradeOutcome>;

/** A trade as it was last told. */
export const TradeView = z.object({
  id: MemoryId,
  ...TradeFields.pick({ symbol: true, side: true, entry: true, note: true, pattern: true, strategy: true }).shape,
  state: z.enum(['pending', 'closed']),
  /** Both null while it is pending. */
  exit: z.number().nullable(),
  pnl: z.number().nullable(),
  /** When it was closed, of a pending one when it was opened. */
  at: IsoTime,
  knownAt: IsoTime,
});
export type TradeView = z.infer<typeof TradeView>;

/** What settled setups of a regime brought; overlapping ones of a symbol count once, late ones in no live figure. */
export const RegimeStat = z.object({
  regime: Regime,
  long: LiveRate,
  short: LiveRate,
  /** Mean gross return of the long side, a fraction; null at n = 0. */
  meanLongReturn: z.number().nullable(),
});
export type RegimeStat = z.infer<typeof RegimeStat>;

/** Trades logged for a strategy, and what was last noted of it. */
export const StrategyStat = z.object({
  name: z.string(),
  trades: LiveRate,
  pnl: z.number(),
  note: z.string().nullable(),
  data: MemoryData.nullable(),
});
export type StrategyStat = z.infer<typeof StrategyStat>;
