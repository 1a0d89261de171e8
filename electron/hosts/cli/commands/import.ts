import path from 'node:path';
import { Ticker } from '../../../../shared/domain/ids.ts';
import type { Interval } from '../../../../shared/domain/series.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { readCsvFile } from '../csv-file.ts';
import { withEngine } from '../with-engine.ts';

interface Options {
  symbol: string;
  interval: Interval;
}

/** Stores the bars of a CSV file under a symbol, source csv. */
export async function run(context: Context, [file]: readonly string[], options: Options): Promise<number> {
  const symbol = Ticker.safeParse(options.symbol);
  if (!symbol.success) {
    const problem = `--symbol ${options.symbol.slice(0, 40)}: ${symbol.error.issues[0]?.message}`;
    throw new BrainnetError('INVALID_INPUT', { problem });
  }
  const content = await readCsvFile(file!);
  const report = await withEngine(context.dataDir, {}, ({ client }) =>
    client.market.importBars({
      symbol: symbol.data,
      interval: options.interval,
      fileName: path.basename(file!),
      content,
    }),
  );
  context.out.data({ type: 'import', ...report });
  context.out.text(report.understood);
  for (const notice of report.notices) context.out.text(`- ${notice.sentence}`);
  return 0;
}
