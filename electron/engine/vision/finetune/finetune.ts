import {
  type FinetuneRequest,
  type FinetuneResult,
  type FinetuneState,
  HEAD_NAMES,
  type Interval,
} from '../../../../shared/domain/index.ts';
import { BrainnetError, toErrorData } from '../../../../shared/errors.ts';
import type { Market, WatchlistStore } from '../../market/index.ts';
import { type Clock, type Database, type Logger, nextChange } from '../../platform/index.ts';
import type { Convnext } from '../convnext/index.ts';
import { composeVersion, type VersionInput } from './compose-version.ts';
import { createFitMemory } from './fit-memory.ts';
import type { fitInThread } from './fit-thread.ts';
import { type Gathered, gatherSet } from './gather-set.ts';
import { readLabelSpec } from './label-spec.ts';
import type { LabelSpec } from './labels.ts';
import { loadSeries, type Named, namedSeries } from './load-series.ts';
import { outcomeSentence, resultOf } from './tell.ts';
import type { Training } from './train-heads.ts';
import type { TunedNetwork } from './tuned-network.ts';

export interface FinetuneDeps {
  market: Market;
  watchlists: WatchlistStore;
  /** The network with its shipped heads. */
  network: () => Promise<Convnext>;
  heads: Pick<TunedNetwork, 'store' | 'aliases'>;
  /** It states the formulas of the labels. */
  cardFile: string;
  cache: Database | null;
  clock: Clock;
  engineVersion: string;
  log: Logger;
  /** Called when other heads are in force. */
  onKept: () => void;
}

export interface Finetune {
  /** Starts a run and returns its state at once; one at a time. @throws FINETUNE_RUNNING, UNKNOWN_WATCHLIST, EMPTY_WATCHLIST, INVALID_INPUT, HEADS_UNUSABLE, CLOSING */
  start(request: FinetuneRequest): FinetuneState;
  /** False where none was under way. */
  cancel(): boolean;
  /** The run under way or the last one; null where there was none. */
  state(): FinetuneState | null;
  /** The newest state whenever it changes, to the end of the run; the reader may leave, the run goes on. */
  follow(signal?: AbortSignal): AsyncGenerator<FinetuneState>;
  close(): Promise<void>;
}

/** Fits new heads on the user's series in the background, and keeps those that are better. */
export function createFinetune(deps: FinetuneDeps): Finetune {
  let state: FinetuneState | null = null;
  let abort = new AbortController();
  let work: Promise<void> = Promise.resolve();
  let closing = false;
  const fit = createFitMemory();
  const waiting = new Set<() => void>();
  const set = (change: Partial<FinetuneState>) => {
    state = { ...state!, ...change };
    for (const wake of [...waiting]) wake();
  };
  const isRunning = () => state?.status === 'running';

  return {
    start(request) {
      if (closing) throw new BrainnetError('CLOSING');
      if (isRunning()) throw new BrainnetError('FINETUNE_RUNNING');
      const named = namedSeries(request, deps.watchlists);
      if (!request.dryRun) deps.heads.store.requireKnown();
      abort = new AbortController();
      state = initialState(named, request, deps.clock.now());
      work = perform({ ...deps, fit }, named, request, abort.signal, set);
      return state;
    },
    cancel() {
      const running = isRunning();
      abort.abort();
      return running;
    },
    state: () => state,
    async *follow(signal) {
      let seen: FinetuneState | null = null;
      while (state && !signal?.aborted) {
        if (seen === state && !isRunning()) return;
        if (seen === state) await nextChange(waiting, signal);
        if (seen !== state) {
          seen = state;
          yield seen;
        }
      }
    },
    async close() {
      closing = true;
      abort.abort();
      await work;
    },
  };
}

function initialState({ title, refs }: Named, { dryRun }: FinetuneRequest, now: number): FinetuneState {
  const progress = { stage: 'bars' as const, done: 0, total: refs.length, step: '', leftMs: null };
  const startedAt = new Date(now).toISOString();
  return { startedAt, status: 'running', dryRun, title, ...progress, result: null, error: null };
}

type FittingDeps = FinetuneDeps & { fit: typeof fitInThread };

async function perform(
  deps: FittingDeps,
  named: Named,
  request: FinetuneRequest,
  signal: AbortSignal,
  set: (change: Partial<FinetuneState>) => void,
): Promise<void> {
  try {
    const result = await finetune(deps, named, request, signal, stages(deps.clock, set));
    set({ status: 'done', result, leftMs: null, step: '' });
  } catch (error) {
    const data = toErrorData(signal.aborted ? new BrainnetError('CANCELLED') : error);
    if (data.code === 'INTERNAL') deps.log.error({ err: error }, 'fine-tuning failed');
    set({ status: data.code === 'CANCELLED' ? 'cancelled' : 'failed', error: data, leftMs: null });
  }
}

type Report = (stage: FinetuneState['stage'], done: number, total: number, step: string) => void;

/** Reports with the time left of a stage at its rate so far. */
function stages(clock: Clock, set: (change: Partial<FinetuneState>) => void): Report {
  let began = { stage: '', at: 0 };
  return (stage, done, total, step) => {
    if (began.stage !== stage) began = { stage, at: clock.now() };
    const leftMs = done === 0 ? null : ((clock.now() - began.at) * (total - done)) / done;
    set({ stage, done, total, step, leftMs });
  };
}

async function finetune(
  deps: FittingDeps,
  named: Named,
  request: FinetuneRequest,
  signal: AbortSignal,
  report: Report,
): Promise<FinetuneResult> {
  const spec = readLabelSpec(deps.cardFile);
  const loaded = await loadSeries(deps.market, named, request, signal, (n, symbol) =>
    report('bars', n, named.refs.length, symbol),
  );
  const { interval } = loaded.series[0]!;
  const heads = deps.heads.store.inForce();
  const network = await deps.network();
  const gathered = await gatherSet({
    ...{ series: loaded.series, spec, network, heads, signal, aliases: deps.heads.aliases, cache: deps.cache },
    from: request.from === undefined ? -Infinity : Date.parse(request.from),
    onEmbedded: (done, total) => report('features', done, total, `window ${done} of ${total}`),
  });
  const { set, times } = gathered;
  const asked = { set, times, blockBars: spec.windowBars + spec.horizonBars, seed: request.seed };
  const training = await deps.fit(asked, signal, (head, fold, folds) => {
    const done = HEAD_NAMES.indexOf(head) * (folds + 1) + fold;
    const step = fold < folds ? `${head}, fold ${fold + 1} of ${folds}` : `${head}, all windows`;
    report('fitting', done, HEAD_NAMES.length * (folds + 1), step);
  });
  const symbols = loaded.series.map(({ symbol }) => symbol);
  const validated = training.validated.map(([place, through]) => ({
    symbol: symbols[place]!,
    validatedThrough: new Date(through).toISOString().slice(0, 10),
  }));
  const fitted = { request, interval, spec, gathered, training, network, validated };
  const version = request.dryRun ? null : keepBetter(deps, fitted);
  const results = training.heads.map(resultOf);
  return {
    ...{ version, dryRun: request.dryRun, interval, fitted: gathered.fitted },
    ...{ windows: set.count, strideBars: gathered.stride },
    ...{ validationWindows: training.validationWindows, blocks: training.blocks, folds: training.folds },
    heads: results,
    sentence: outcomeSentence(
      results,
      version,
      request.dryRun,
      gathered.fitted.filter(({ symbol }) => validated.some((own) => own.symbol === symbol)),
      interval,
    ),
    notes: [...loaded.notes, ...notesOf(gathered)],
  };
}

interface Fitted {
  request: FinetuneRequest;
  interval: Interval;
  spec: LabelSpec;
  gathered: Gathered;
  training: Training;
  network: Convnext;
  validated: VersionInput['validated'];
}

/** Stores the better heads and puts them in force; null where there are none. */
function keepBetter(
  deps: FinetuneDeps,
  { request, interval, spec, gathered, training, network, validated }: Fitted,
): string | null {
  if (!training.heads.some(({ better }) => better)) return null;
  const content = composeVersion({
    createdAt: new Date(deps.clock.now()).toISOString(),
    engineVersion: deps.engineVersion,
    base: network.modelHash,
    interval,
    ...{ spec, dims: network.info.embeddingLength, seed: request.seed },
    ...{ fitted: gathered.fitted, validated, trained: training.heads },
    ...{ inForce: deps.heads.store.inForce(), aliases: deps.heads.aliases },
  });
  const { id } = deps.heads.store.keep(content).content;
  deps.onKept();
  return id;
}

function notesOf({ known, fitted }: Gathered): string[] {
  const notes: string[] = [];
  if (known > 0) {
    notes.push(`${known} windows are left out: the network itself was trained on them, so they would prove nothing.`);
  }
  for (const { symbol, from, lastDate } of fitted.length <= 3 ? fitted : []) {
    notes.push(`${symbol}: windows from ${from.slice(0, 10)}, nothing later than ${lastDate} was read.`);
  }
  return notes;
}
