import { z } from 'zod';
import { DecisionId, IsoTime, Ticker } from './ids.ts';
import { Origin } from './outcome.ts';
import { REGIMES } from './reading.ts';
import { seen } from './seen-text.ts';
import { AsOf, Interval } from './series.ts';

/** What a written memory can be. Setups, the pictures of decisions, are kept apart from these. */
export const MEMORY_KINDS = ['trade', 'pattern', 'strategy', 'regime', 'note', 'feedback'] as const;
export const MemoryKind = z.enum(MEMORY_KINDS);
export type MemoryKind = z.infer<typeof MemoryKind>;

export const MEMORY_TITLE_MOST = 200;
export const MEMORY_TEXT_MOST = 4000;
/** Of its JSON, in characters. */
export const MEMORY_DATA_MOST = 8192;

export const MemoryId = z.string().regex(/^m-[0-9a-f-]{36}$/, 'a memory id looks like m-0190...');

/** Figures that go with a memory, as plain JSON. */
export const MemoryData = z
  .record(z.string().max(64), z.json())
  .refine(
    (data) => JSON.stringify(data).length <= MEMORY_DATA_MOST,
    `its data are over ${MEMORY_DATA_MOST} characters`,
  );
export type MemoryData = z.infer<typeof MemoryData>;

const Regime = z.enum(REGIMES);

/** What a user or an agent gives to be remembered. `knownAt` is when it is written. */
export const NewMemory = z.object({
  kind: MemoryKind,
  title: seen(MEMORY_TITLE_MOST).default(''),
  text: seen(MEMORY_TEXT_MOST).refine((text) => text !== '', 'it is empty'),
  symbol: Ticker.optional(),
  interval: Interval.optional(),
  regime: Regime.optional(),
  /** The decision it speaks of; its picture is then found by likeness too. */
  decisionId: DecisionId.optional(),
  data: MemoryData.default({}),
});
export type NewMemory = z.input<typeof NewMemory>;

export const MemoryRecord = z.object({
  id: MemoryId,
  kind: MemoryKind,
  title: seen(MEMORY_TITLE_MOST),
  text: seen(MEMORY_TEXT_MOST),
  symbol: Ticker.nullable(),
  interval: Interval.nullable(),
  regime: Regime.nullable(),
  decisionId: DecisionId.nullable(),
  data: MemoryData,
  origin: Origin,
  replayId: z.string().max(80).nullable(),
  /** Market time from which it is known; of what a user writes, when it was written. */
  knownAt: IsoTime,
  /** Clock time of writing. */
  createdAt: IsoTime,
  /** When it was withdrawn or another took its place; before then it is known all the same. Null while it stands. */
  replacedAt: IsoTime.nullable().default(null),
  /** Times before that at which it was taken back in between, each from `from` until just before `until`. */
  gaps: z.array(z.object({ from: IsoTime, until: IsoTime })).default([]),
  /** How often it was handed to an agent or a screen as context. */
  recalled: z.int().min(0),
  /** Mean of how the decisions fared that it was recalled for: 1 where the side won that it leant to, -1 lost, 0 flat; null where none has settled. */
  fared: z.number().min(-1).max(1).nullable(),
  /** How many decisions that is the mean of. */
  settled: z.int().min(0).default(0),
});
export type MemoryRecord = z.infer<typeof MemoryRecord>;

/** Whether what a decision has seen is a written memory, and not the setup of a decision. */
export const isMemoryId = (id: string): boolean => id.startsWith('m-');

/** What is looked for; without words and picture the newest. Nothing is found that was not known by the as-of (default now). */
export const MemoryQuery = z.object({
  text: z.string().max(1000).optional(),
  /** Memories of decisions on pictures like this decision's. */
  likeDecision: DecisionId.optional(),
  kinds: z.array(MemoryKind).min(1).optional(),
  symbol: Ticker.optional(),
  interval: Interval.optional(),
  regime: Regime.optional(),
  asOf: AsOf.optional(),
  limit: z.int().min(1).max(200).default(20),
});
export type MemoryQuery = z.input<typeof MemoryQuery>;

/** A memory that was found; `alike` counts the near-duplicates that it stands for, as far as they were met. */
export const FoundMemory = z.object({ memory: MemoryRecord, score: z.number(), alike: z.int().min(0) });
export type FoundMemory = z.infer<typeof FoundMemory>;

export const MemoryContextQuery = z.object({
  symbol: Ticker,
  interval: Interval.optional(),
  regime: Regime.optional(),
  asOf: AsOf.optional(),
  maxCharacters: z.int().min(200).max(20_000).default(2000),
});
export type MemoryContextQuery = z.input<typeof MemoryContextQuery>;

/** Memories as quoted data, for a prompt or a screen; `text` is empty where nothing is known. */
export const MemoryContext = z.object({ text: z.string(), ids: z.array(MemoryId) });
export type MemoryContext = z.infer<typeof MemoryContext>;

/** Trades are outcomes: like decisions they are never pruned. */
export const PRUNABLE_KINDS = ['note', 'feedback', 'regime', 'strategy', 'pattern'] as const;

/** A memory goes where it is older than that and was not useful: recalled at most `recalledAtMost` times, or recalled for at least ten decisions that went badly on the mean. */
export const PruneRule = z.object({
  olderThanDays: z.int().min(0).max(100_000),
  recalledAtMost: z.int().min(0).default(0),
  kinds: z.array(z.enum(PRUNABLE_KINDS)).min(1).default(['note', 'feedback', 'regime', 'strategy']),
  /** True: only says what would go. */
  dryRun: z.boolean().default(true),
});
export type PruneRule = z.input<typeof PruneRule>;

export const PruneReport = z.object({
  dryRun: z.boolean(),
  /** How many go, or went. */
  count: z.int(),
  kept: z.int(),
  /** The first of them, oldest first, at most 20. */
  examples: z.array(MemoryRecord),
});
export type PruneReport = z.infer<typeof PruneReport>;

/** Some records as JSON lines; `next` asks for the ones after them, null at the end. */
export const MemoryPage = z.object({ content: z.string(), records: z.int(), next: z.int().nullable() });
export type MemoryPage = z.infer<typeof MemoryPage>;

export const MemoryImportReport = z.object({
  lines: z.int(),
  added: z.int(),
  /** Lines that say what was known already. */
  merged: z.int(),
  refused: z.int(),
  /** The first 50 refused lines, each with why. */
  problems: z.array(z.object({ line: z.int(), sentence: z.string() })),
});
export type MemoryImportReport = z.infer<typeof MemoryImportReport>;

export const MemoryState = z.object({
  /** Clock time of the count. */
  asOf: IsoTime,
  setups: z.int(),
  settledSetups: z.int(),
  records: z.record(MemoryKind, z.int()),
  /** One sentence where the memory is damaged or incomplete. */
  problem: z.string().nullable(),
});
export type MemoryState = z.infer<typeof MemoryState>;
