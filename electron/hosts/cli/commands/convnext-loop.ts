import { setTimeout as sleep } from 'node:timers/promises';
import { callErrorData } from '../../../../shared/contract/errors.ts';
import { probabilityText } from '../../../../shared/domain/certainty.ts';
import type { ReadingView } from '../../../../shared/domain/index.ts';
import { Ticker } from '../../../../shared/domain/index.ts';
import type { Interval, Source } from '../../../../shared/domain/series.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Engine } from '../../../engine/index.ts';
import { ticks, timingOf } from '../../../engine/orchestrator/index.ts';
import { systemClock } from '../../../engine/platform/index.ts';
import type { Context } from '../context.ts';
import { INTERRUPTED, onInterrupt } from '../interrupt.ts';
import { headLine, missedLines } from '../loop-text.ts';
import type { Output } from '../output.ts';
import { withEngine } from '../with-engine.ts';

interface Options {
  symbol: string;
  interval?: Interval;
  source?: Source;
  delay: number;
  single?: boolean;
  iterations?: number;
  device?: string;
}

/** The network's reading at every tick, nothing stored; exit 130 where it was interrupted, 1 where no reading came. */
export async function run(context: Context, _args: readonly string[], options: Options): Promise<number> {
  const { out, dataDir } = context;
  const symbol = Ticker.safeParse(options.symbol);
  if (!symbol.success) throw new BrainnetError('INVALID_INPUT', { problem: symbol.error.issues[0]!.message });
  const stop = new AbortController();
  const interrupt = onInterrupt(() => stop.abort());
  out.onClosed(() => stop.abort());
  try {
    const flags: Record<string, string> = options.device ? { DEVICE: options.device } : {};
    const readings = await withEngine(dataDir, flags, (engine) => follow(engine, options, stop.signal, out));
    if (interrupt.requested) return INTERRUPTED;
    return readings > 0 ? 0 : 1;
  } finally {
    interrupt.release();
  }
}

async function follow({ client }: Engine, options: Options, signal: AbortSignal, out: Output): Promise<number> {
  const { symbol, source, interval, delay, single, iterations } = options;
  const count = single ? 1 : iterations;
  let readings = 0;
  let before: ReadingView | null = null;
  for await (const { number, at, missed } of ticks(timingOf(systemClock), { delayMs: 1000 * delay, count, signal })) {
    for (const line of ['', headLine(number, new Date(at).toISOString(), symbol), ...missedLines(missed)])
      out.text(line);
    try {
      const view: ReadingView = await client.analysis.reading({ symbol, source, interval });
      readings++;
      const same = view.windowHash === before?.windowHash;
      out.data({ type: 'reading', iteration: number, same, ...view });
      out.text(same ? `Nothing new since the last bar of ${view.asOf}.` : lines(view));
      before = view;
    } catch (error) {
      const data = callErrorData(error);
      out.data({ type: 'failure', iteration: number, symbol, error: data });
      if (!out.json) out.note(`${data.code}: ${data.sentence}`);
    }
    await sleep(0);
  }
  return readings;
}

function lines({ reading, reason, source, interval, asOf, executionProvider, inferenceMs }: ReadingView): string {
  const head = `${source}, ${interval}, as of ${asOf}`;
  if (!reading) return `${head}\nNo reading: ${reason ?? 'the network gave none'}`;
  const heads = Object.entries(reading).map(([name, classes]) => {
    const [label, p] = Object.entries(classes as Record<string, number>).toSorted((a, b) => b[1] - a[1])[0]!;
    return `${name.padEnd(10)} ${label.padEnd(14)} ${probabilityText(p)}`;
  });
  const time = inferenceMs === 0 ? 'from the cache' : `${inferenceMs.toFixed(1)} ms`;
  return [head, ...heads, `${executionProvider}, ${time}`].join('\n');
}
