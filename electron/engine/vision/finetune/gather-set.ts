import type { FittedSeries } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { barEnd, type Series } from '../../market/index.ts';
import type { Database } from '../../platform/index.ts';
import type { Convnext } from '../convnext/index.ts';
import { splitLogits } from '../convnext/reading.ts';
import { embed } from './embed.ts';
import type { FitRequest } from './fit-thread.ts';
import { governing, isFitted } from './governing.ts';
import type { Heads } from './heads.ts';
import type { LabelSpec } from './labels.ts';
import { LOGITS } from './training-set.ts';
import { type LabelledWindow, labelledWindows, strideFor } from './windows.ts';
import { tunedLogits } from './with-heads.ts';

export interface GatherInput {
  series: readonly Series[];
  /** Windows that begin earlier (UTC ms) are left out. */
  from: number;
  spec: LabelSpec;
  /** With its shipped heads. */
  network: Convnext;
  heads: Heads | null;
  aliases: Record<string, string>;
  cache: Database | null;
  signal: AbortSignal;
  onEmbedded(done: number, total: number): void;
}

export interface Gathered {
  set: FitRequest['set'];
  times: Float64Array[];
  fitted: FittedSeries[];
  stride: number;
  /** Windows left out since the network itself was trained on them. */
  known: number;
}

/** The first bar of a series that the run may use: not before `from`, and not in what the network was trained on. */
function firstUsable({ symbol, time, interval, timezone }: Series, { from, network }: GatherInput): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const seen = network.sampleStatus(symbol, barEnd(time[middle]!, interval, timezone)) === 'training';
    if (seen || time[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

type OwnWindow = LabelledWindow & { fresh: boolean; place: number };

/** Windows cut between two turns of the event loop. */
const PORTION = 32;

/**
 * Windows, labels and features of all series. Windows that begin in what the network below the heads was trained on are left out: its
 * features know them, so they would prove nothing. @throws CANCELLED, MODEL_FAILED
 */
export async function gatherSet(input: GatherInput): Promise<Gathered> {
  const { series, spec } = input;
  const lengths = series.map((own) => own.time.length - firstUsable(own, input));
  const stride = strideFor(lengths, spec.windowBars + spec.horizonBars);
  const windows: OwnWindow[] = [];
  const fitted: FittedSeries[] = [];
  let known = 0;
  for (const [place, own] of series.entries()) {
    const taken = await takeFrom(own, place, input, stride);
    known += taken.known;
    if (taken.windows.length > 0) fitted.push(fittedSeries(own, taken.windows));
    windows.push(...taken.windows);
  }
  windows.sort((a, b) => a.last - b.last);
  const { features, shipped, inForce } = await embedAll(input, windows);
  const column = (pick: (window: OwnWindow) => number) => Float64Array.from(windows, pick);
  const set: FitRequest['set'] = {
    ...{ count: windows.length, dims: input.network.info.embeddingLength, features, shipped, inForce },
    labels: Uint8Array.from(windows.flatMap(({ labels: l }) => [l.regime, l.direction, l.volatility])),
    series: Int32Array.from(windows, ({ place }) => place),
    first: column(({ first }) => first),
    last: column(({ last }) => last),
    labelled: column(({ labelled }) => labelled),
    fresh: Uint8Array.from(windows, ({ fresh }) => Number(fresh)),
  };
  return { set, times: series.map(({ time }) => time), fitted, stride, known };
}

async function takeFrom(series: Series, place: number, input: GatherInput, stride: number) {
  const { network, heads, aliases, spec, from, signal } = input;
  let known = 0;
  const unseen = (begun: number) => {
    const seen = network.sampleStatus(series.symbol, begun) === 'training';
    if (seen) known += 1;
    return !seen;
  };
  const old = governing(heads, series, aliases);
  const fresh = (begun: number) => !old || !isFitted(old, begun, aliases);
  const windows: OwnWindow[] = [];
  for (const window of labelledWindows(series, { spec, stride, from }, unseen)) {
    windows.push({ ...window, place, fresh: fresh(window.begun) });
    if (windows.length % PORTION === 1) await breathe(signal);
  }
  return { known, windows };
}

function fittedSeries({ symbol, source, asOf, time }: Series, windows: readonly LabelledWindow[]): FittedSeries {
  const iso = (at: number) => new Date(at).toISOString();
  const lastDate = iso(time.at(-1)!).slice(0, 10);
  return { symbol, source, from: iso(windows[0]!.first), through: iso(asOf), lastDate };
}

async function embedAll(input: GatherInput, windows: readonly OwnWindow[]) {
  const { network, cache, signal, onEmbedded } = input;
  const old = input.series.map((own) => governing(input.heads, own, input.aliases));
  const dims = network.info.embeddingLength;
  const features = new Float32Array(windows.length * dims);
  const shipped = new Float32Array(windows.length * LOGITS);
  const inForce = new Float32Array(windows.length * LOGITS);
  let row = 0;
  onEmbedded(0, windows.length);
  for await (const answers of embed(network, cache, windows)) {
    for (const { logits, embedding } of answers) {
      features.set(embedding, row * dims);
      shipped.set(logits, row * LOGITS);
      const heads = old[windows[row]!.place];
      inForce.set(heads ? flat(tunedLogits(heads, splitLogits(logits), embedding)) : logits, row * LOGITS);
      row += 1;
    }
    onEmbedded(row, windows.length);
    if (signal.aborted) throw new BrainnetError('CANCELLED');
  }
  return { features, shipped, inForce };
}

const flat = ({ regime, direction, volatility }: ReturnType<typeof splitLogits>) => [
  ...regime,
  ...direction,
  ...volatility,
];

async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new BrainnetError('CANCELLED');
}
