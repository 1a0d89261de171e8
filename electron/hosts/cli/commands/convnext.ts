import type { ReadingView } from '../../../../shared/domain/index.ts';
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

/** Prints the network's reading of a symbol's last window. */
export async function run(context: Context, _args: readonly string[], options: Options): Promise<number> {
  const { out } = context;
  await checkAsOf(options.asOf);
  const flags: Record<string, string> = options.device ? { DEVICE: options.device } : {};
  const view = await withEngine(context.dataDir, flags, ({ client }) =>
    client.analysis.reading({
      symbol: options.symbol,
      source: options.source,
      interval: options.interval,
      asOf: options.asOf,
    }),
  );
  out.data({ type: 'reading', ...view });
  out.text(describe(view));
  return 0;
}

function describe(view: ReadingView): string {
  const head = `${view.symbol} (${view.source}, ${view.interval}) as of ${view.asOf}`;
  const time = view.inferenceMs === 0 ? 'from the cache' : `${view.inferenceMs.toFixed(1)} ms`;
  const where = `${view.executionProvider}, ${time}${view.fallback ? `; ${view.fallback}` : ''}`;
  if (view.reading === null) return `${head}\nNo reading: ${view.reason ?? 'the network gave none'}`;
  const rows = Object.entries(view.reading).flatMap(([name, classes]) =>
    Object.entries(classes).map(([label, p]) => [name, label, p.toFixed(3)] as const),
  );
  return `${head}\n${table(['head', 'class', 'p'], rows)}\nembedding of ${view.embeddingLength}; novelty is not measured yet; ${where}`;
}
