import type { Decision, InstrumentRef, SettleReport } from '../../../shared/domain/index.ts';
import { type ErrorData, toErrorData } from '../../../shared/errors.ts';
import type { Series } from '../market/index.ts';
import type { AgentRouter } from './agent-router.ts';
import { type Tick, type Timing, ticks } from './loop-ticks.ts';

/** What memory holds for a symbol before it is analyzed. */
export interface LoopContext {
  /** Pictures of decisions that are remembered, and how many of them have an outcome. */
  setups: number;
  settled: number;
  /** Written memories that bear on it. */
  notes: number;
  text: string;
  ids: string[];
}

export interface LoopDeps {
  timing: Timing;
  /** The newest bars, or those of the clock that bundled samples open with. */
  series(ref: InstrumentRef, signal: AbortSignal): Promise<Series>;
  context(series: Series): Promise<LoopContext> | LoopContext;
  router: Pick<AgentRouter, 'trigger'>;
  /** Told which written memories a decision was shown with. */
  recalled(decision: Decision, memories: readonly string[]): void;
  /** The decision that stands on these very bars with the settings in force; null where there is none. */
  decided(series: Series): Decision | null;
  /** Settles what is due of a symbol. */
  settle(series: Series, signal: AbortSignal): Promise<SettleReport>;
  /** Whether the exchange trades now; null for bars that never grow. */
  isOpen(series: Series): boolean | null;
}

export interface LoopOptions {
  symbols: readonly InstrumentRef[];
  /** Between the starts of two iterations. */
  delayMs: number;
  iterations?: number | undefined;
  allowStale?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/** What a loop tells, in the order of the original's five steps; `[4/5]` and `[5/5]` both rest on `decision`. */
export type LoopEvent = { iteration: number; symbol: string } & (
  | { type: 'iteration'; at: string; missed: number }
  | {
      type: 'fetched';
      source: Series['source'];
      interval: Series['interval'];
      bars: number;
      price: number;
      currency: string;
      asOf: string;
    }
  | ({ type: 'memory' } & LoopContext)
  | { type: 'gaf'; scores: Decision['scores'] }
  | { type: 'confidence'; rounds: { round: number; confidence: number; sentence: string }[]; threshold: number }
  | { type: 'decision'; decision: Decision }
  | { type: 'settled'; outcomes: number }
  | { type: 'nothing-new'; decisionId: string; sentence: string }
  | { type: 'failure'; error: ErrorData }
);

type Told = LoopEvent extends infer E ? (E extends LoopEvent ? Omit<E, 'iteration' | 'symbol'> : never) : never;

/** Analyzes each symbol at every tick, but never the same bar twice; a symbol that fails is told, and the loop goes on. */
export async function* loop(deps: LoopDeps, options: LoopOptions): AsyncGenerator<LoopEvent> {
  const { symbols, delayMs, iterations, signal = new AbortController().signal } = options;
  for await (const tick of ticks(deps.timing, { delayMs, count: iterations, signal })) {
    for (const ref of symbols) {
      if (signal.aborted) return;
      const identity = { iteration: tick.number, symbol: ref.symbol };
      for await (const told of guarded(deps, ref, tick, options, signal)) yield { ...identity, ...told };
    }
  }
}

async function* guarded(
  deps: LoopDeps,
  ref: InstrumentRef,
  tick: Tick,
  options: LoopOptions,
  signal: AbortSignal,
): AsyncGenerator<Told> {
  yield { type: 'iteration', at: new Date(tick.at).toISOString(), missed: tick.missed };
  try {
    yield* once(deps, ref, options, signal);
  } catch (error) {
    if (!signal.aborted) yield { type: 'failure', error: toErrorData(error) };
  }
}

async function* once(
  deps: LoopDeps,
  ref: InstrumentRef,
  { allowStale }: LoopOptions,
  signal: AbortSignal,
): AsyncGenerator<Told> {
  const series = await deps.series(ref, signal);
  yield fetched(series);
  const { settled } = await deps.settle(series, signal);
  if (settled > 0) yield { type: 'settled', outcomes: settled };
  const before = deps.decided(series);
  if (before) return yield nothingNew(series, before, deps.isOpen(series));
  const context = await deps.context(series);
  yield { type: 'memory', ...context };
  const { decision } = await deps.router.trigger(series, series.symbol, { signal, allowStale });
  deps.recalled(decision, context.ids);
  yield { type: 'gaf', scores: decision.scores };
  yield { type: 'confidence', rounds: decision.rounds.map(roundOf), threshold: decision.threshold };
  yield { type: 'decision', decision };
}

function fetched(series: Series): Told {
  const { source, interval, currency, close } = series;
  const asOf = new Date(series.asOf).toISOString();
  return { type: 'fetched', source, interval, currency, bars: close.length, price: close.at(-1)!, asOf };
}

const roundOf = ({ round, confidence, sentence }: Decision['rounds'][number]) => ({
  ...{ round, sentence },
  confidence: confidence.value,
});

function nothingNew({ interval }: Series, { id, lastBarDate, asOf, action }: Decision, open: boolean | null): Told {
  const intraday = !['1d', '1wk', '1mo'].includes(interval);
  const bar = intraday ? `${asOf.slice(0, 16).replace('T', ' ')} UTC` : lastBarDate;
  const market = open === null ? 'These bars do not grow by themselves' : `Market ${open ? 'open' : 'closed'}`;
  const sentence = `${market}: last bar of ${bar}, nothing new; the decision on it stands: ${action}.`;
  return { type: 'nothing-new', decisionId: id, sentence };
}
