import {
  type HeadName,
  hasHitRates,
  heldOutRate,
  isSkilled,
  type ModelInfo,
  NO_HELD_OUT,
  noveltyText,
  probabilityText,
  type ReadingView,
  type SaliencyView,
  skillNote,
} from '../../../../shared/domain/index.ts';
import type { Interval, Source } from '../../../../shared/domain/series.ts';
import type { Context } from '../context.ts';
import { checkAsOf } from '../parse.ts';
import { table } from '../table.ts';
import { withEngine } from '../with-engine.ts';

interface Options {
  symbol: string;
  source?: Source;
  interval?: Interval;
  asOf?: string;
  device?: string;
}

/** Prints the network's reading of a symbol's last window, how such readings did on held-out windows, and what moved it. */
export async function run(context: Context, _args: readonly string[], options: Options): Promise<number> {
  const { out } = context;
  await checkAsOf(options.asOf);
  const flags: Record<string, string> = options.device ? { DEVICE: options.device } : {};
  const { symbol, source, interval, asOf } = options;
  const [view, moved, info] = await withEngine(context.dataDir, flags, async ({ client }) => {
    const request = { symbol, source, interval, asOf };
    const reading = await client.analysis.reading(request);
    const read = { symbol: reading.symbol, source: reading.source, interval: reading.interval };
    const card = await client.models.convnext(read);
    return [reading, await client.analysis.saliency(request), card] as const;
  });
  out.data({ type: 'reading', ...view, heldOut: heldOutRates(view, info), saliency: moved.heads });
  out.text(describe(view, moved, info));
  return 0;
}

type Classes = Readonly<Record<string, number>>;
const headsOf = (view: ReadingView) => Object.entries(view.reading ?? {}) as [HeadName, Classes][];

/** Head -> class -> the held-out rate of its confidence bin; null = no held-out figure, or a head without skill. */
function heldOutRates(view: ReadingView, info: ModelInfo) {
  const rate = (head: HeadName, name: string, p: number) =>
    hasHitRates(info, head) ? heldOutRate(info, head, name, p) : null;
  return Object.fromEntries(
    headsOf(view).map(([head, classes]) => [
      head,
      Object.fromEntries(Object.entries(classes).map(([name, p]) => [name, rate(head, name, p)])),
    ]),
  );
}

function heldOutText(info: ModelInfo, head: HeadName, name: string, p: number): string {
  const note = skillNote(info, head);
  if (note && !hasHitRates(info, head)) return note;
  const found = heldOutRate(info, head, name, p);
  const rate = found ? `right in ${(100 * found.rate).toFixed(0)} % of ${found.n}` : NO_HELD_OUT;
  return note ? `${rate} (${note})` : rate;
}

function describe(view: ReadingView, moved: SaliencyView, info: ModelInfo): string {
  const head = `${view.symbol} (${view.source}, ${view.interval}) as of ${view.asOf}`;
  const time = view.inferenceMs === 0 ? 'from the cache' : `${view.inferenceMs.toFixed(1)} ms`;
  const where = `${view.executionProvider}, ${time}${view.fallback ? `; ${view.fallback}` : ''}`;
  if (view.reading === null) return `${head}\nNo reading: ${view.reason ?? 'the network gave none'}`;
  const rows = headsOf(view).flatMap(([name, classes]) =>
    Object.entries(classes).map(([label, p]) => [name, label, probabilityText(p), heldOutText(info, name, label, p)]),
  );
  return [
    head,
    table(['head', 'class', 'p', 'held out'], rows),
    ...moved.heads
      .filter((one) => isSkilled(info, one.head))
      .map((one) => `What moved the ${one.head}: ${one.sentence}`),
    ...(view.novelty ? [`Novelty: ${noveltyText(view.novelty)}`] : []),
    `Read by ${view.headsNote}`,
    `embedding of ${view.embeddingLength}; ${where}`,
  ].join('\n');
}
