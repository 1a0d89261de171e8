import type { Client } from '../../../../shared/contract/index.ts';
import type {
  Interval,
  LeakageEvent,
  LeakageRequest,
  LeakageResult,
  ReplayRequest,
  ReplayState,
  Source,
} from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { INTERRUPTED, onInterrupt } from '../interrupt.ts';
import type { Output } from '../output.ts';
import { checkAsOf } from '../parse.ts';
import { refuse } from '../run-stream.ts';
import { table } from '../table.ts';
import { withEngine } from '../with-engine.ts';

interface Options {
  symbol?: string[];
  watchlist?: string[];
  source?: Source;
  interval?: Interval;
  from?: string;
  to?: string;
  step?: number;
  horizon?: number;
  parallel?: number;
  resume?: string;
  device?: string;
  leakageTest?: boolean;
  judge?: LeakageRequest['judge'];
  windows?: number;
  seed?: number;
}

/** Walks history through the graph that live decisions go through; Ctrl+C stops it, and `--resume` goes on. */
export async function run(context: Context, _args: readonly string[], options: Options): Promise<number> {
  const { out, dataDir } = context;
  const request = await requestOf(context, options);
  const flags: Record<string, string> = options.device ? { DEVICE: options.device } : {};
  return withEngine(dataDir, flags, ({ client }) =>
    options.leakageTest ? leakage(client, request, options, out) : follow(client, request, out),
  );
}

/** Replays, newest first. */
export async function list({ out, dataDir }: Context): Promise<number> {
  const replays = await withEngine(dataDir, {}, ({ client }) => client.replay.list());
  for (const replay of replays) out.data({ type: 'replay', ...replay });
  out.data({ type: 'end', replays: replays.length });
  const rows = replays.map(({ id, title, status, startedAt, done, total, settled, through }) => [
    ...[id, title, status, startedAt.slice(0, 16).replace('T', ' ')],
    ...[`${done}/${total}`, settled, through?.slice(0, 10) ?? null],
  ]);
  if (rows.length === 0) out.text('No replay is stored.');
  else out.text(table(['replay', 'of', 'status', 'started, UTC', 'windows', 'settled', 'through'], rows));
  return 0;
}

/** Removes a replay with its decisions, outcomes and setups; where live decisions rest on it, only with `force`. */
export async function remove(
  { out, dataDir }: Context,
  [id]: readonly string[],
  { force }: { force?: boolean },
): Promise<number> {
  const { decisions } = await withEngine(dataDir, {}, ({ client }) => client.replay.remove({ id: id!, force }));
  out.data({ type: 'removed', id, decisions });
  out.text(`Removed ${id} with its ${decisions} decisions.`);
  return 0;
}

async function requestOf({ out, usage }: Context, options: Options): Promise<ReplayRequest> {
  const { symbol = [], watchlist, source, interval, from, to, step, horizon, parallel, resume } = options;
  const named = symbol.length > 0 || watchlist !== undefined;
  if (!named && resume === undefined) usage('name --symbol S, --watchlist NAME or --resume ID.');
  if (named && resume !== undefined) usage('--resume goes on with its own symbols; leave the others out.');
  await checkAsOf(from);
  await checkAsOf(to);
  const { symbols, refused } = refuse(symbol, out);
  if (refused > 0) throw new BrainnetError('INVALID_INPUT', { problem: 'a symbol was not understood' });
  return {
    symbols: symbols.map((name) => ({ symbol: name, ...(source && { source }) })),
    ...{ watchlists: watchlist, interval, from, to, stepBars: step, horizonBars: horizon, parallel, resume },
  };
}

async function follow(client: Client, request: ReplayRequest, out: Output): Promise<number> {
  let last: ReplayState | null = null;
  const stop = () => void (last && client.replay.cancel({ id: last.id }).catch(() => undefined));
  const interrupt = onInterrupt(stop);
  out.onClosed(stop);
  try {
    for await (const state of await client.replay.start(request)) {
      last = state;
      if (interrupt.requested && state.status === 'running') stop();
      if (state.status === 'running') tell(state, out);
    }
  } finally {
    interrupt.release();
  }
  out.progress('');
  return finish(client, last!, out);
}

function tell(state: ReplayState, out: Output): void {
  const { id, done, total, decided, settled, through, ratePerSecond, leftMs } = state;
  out.data({ type: 'progress', id, done, total, decided, settled, through, ratePerSecond, leftMs });
  const rate = ratePerSecond === null ? '' : `, ${ratePerSecond.toFixed(1)} windows/s`;
  const left = leftMs === null ? '' : `, ${Math.ceil(leftMs / 1000)} s left`;
  out.progress(`[${done}/${total}] ${through?.slice(0, 10) ?? ''}${rate}${left}`);
}

async function finish(client: Client, state: ReplayState, out: Output): Promise<number> {
  const { id, status, error } = state;
  if (status === 'failed' && error) throw new BrainnetError(error.code, error.details);
  if (status !== 'done') {
    out.data({ type: 'end', replay: state, scorecard: null });
    out.note(`Stopped after ${state.done} of ${state.total} windows; go on with: replay --resume ${id}`);
    return INTERRUPTED;
  }
  const scorecard = await client.decisions.scorecard({ origin: 'replay', replayId: id });
  out.data({ type: 'end', replay: state, scorecard });
  const { decided, refused, settled, inSample } = state;
  const refusals = refused === 0 ? '' : `, ${refused} windows refused for bad or missing bars`;
  const notCounted = inSample === 0 ? '' : `, ${inSample} of them in sample and not counted`;
  out.text(`Replay ${id}: ${decided} decisions, ${settled} settled${notCounted}${refusals}.`);
  out.text(scorecard.verdict);
  const { forecast } = scorecard;
  if (forecast)
    out.text(
      `ECE ${forecast.ece.toFixed(3)} (a perfect forecaster: ${forecast.ecePerfectMean.toFixed(3)}, 95th percentile ${forecast.ecePerfectP95.toFixed(3)}); P(correct) spreads by ${forecast.spread.sd.toFixed(3)} (5th to 95th percentile ${forecast.spread.p5.toFixed(3)} to ${forecast.spread.p95.toFixed(3)}).`,
    );
  return 0;
}

async function leakage(client: Client, request: ReplayRequest, options: Options, out: Output): Promise<number> {
  const { resume: _resume, parallel: _parallel, ...asked } = request;
  const abort = new AbortController();
  const interrupt = onInterrupt(() => abort.abort());
  try {
    const { judge, windows = judge === 'language' ? 40 : 200, seed } = options;
    const test = { ...asked, judge, windows, seed };
    let told = false;
    for await (const event of await client.replay.leakage(test, { signal: abort.signal })) {
      if (event.type === 'result') show(event.result, out);
      else if (!told) told = tellTime(event, out);
      else
        out.progress(
          `[${event.done}/${event.total}]${event.leftMs === null ? '' : `, ${duration(event.leftMs)} left`}`,
        );
    }
    return 0;
  } catch (error) {
    if (!interrupt.requested) throw error;
    return INTERRUPTED;
  } finally {
    interrupt.release();
    out.progress('');
  }
}

function tellTime({ done, total, leftMs }: Extract<LeakageEvent, { type: 'progress' }>, out: Output): true {
  out.data({ type: 'estimate', windows: total, done, leftMs });
  const behind = done === 0 ? '' : `, ${done} of them done before`;
  const time = leftMs === null ? 'its time is told after the first window' : `about ${duration(leftMs)}`;
  out.note(`Testing ${total} windows${behind}: ${time}. Ctrl+C stops; the same command goes on.`);
  return true;
}

const duration = (ms: number): string =>
  ms < 120_000
    ? `${Math.ceil(ms / 1000)} s`
    : ms < 7_200_000
      ? `${Math.round(ms / 60_000)} min`
      : `${(ms / 3_600_000).toFixed(1)} h`;

function show(result: LeakageResult, out: Output): void {
  out.data({ type: 'leakage', ...result });
  const share = ({ value, low, high }: LeakageResult['shownHitRate']) =>
    `${(100 * value).toFixed(1)} [${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;
  const rows = result.variants.map((variant) => [
    variant.name,
    ...[variant.actionDiffers, variant.leanDiffers, variant.hitRate, variant.hitDifference].map(share),
  ]);
  out.progress('');
  out.text(
    table(
      ['shown', 'other action, %', 'other side, %', 'hit rate, %', 'difference, points'],
      [['as it is', null, null, share(result.shownHitRate), null], ...rows],
    ),
  );
  out.text(result.sentence);
}
