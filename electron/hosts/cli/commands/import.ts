import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { CsvPreview, ImportReport } from '../../../../shared/contract/index.ts';
import { Ticker } from '../../../../shared/domain/ids.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { previewCsv } from '../../../engine/market/index.ts';
import type { Context } from '../context.ts';
import { csvBytes } from '../csv-bytes.ts';
import { type CsvFlags, csvOptions, wrongFlag } from '../csv-flags.ts';
import { table } from '../table.ts';
import { withEngine } from '../with-engine.ts';

/** Files up to here are read before the data folder is touched, so that one that is refused leaves nothing behind. */
const SMALL_BYTES = 16 * 1024 * 1024;

interface Options extends CsvFlags {
  symbol: string;
  preview?: boolean;
}

/** Stores the bars of a CSV file under a symbol, source csv; with --preview only says how it would be read. */
export async function run(context: Context, [file]: readonly string[], options: Options): Promise<number> {
  const symbol = Ticker.safeParse(options.symbol);
  if (!symbol.success) throw wrongFlag('--symbol', options.symbol, symbol.error.issues[0]?.message);
  const about = { symbol: symbol.data, fileName: path.basename(file!).slice(0, 255), options: csvOptions(options) };
  if (options.preview || (await sizeOf(file!)) <= SMALL_BYTES) {
    const preview = await previewCsv({ ...about, content: csvBytes(file!) }, Date.now());
    if (preview.error) throw new BrainnetError(preview.error.code, preview.error.details);
    if (options.preview) return showPreview(context, preview);
  }
  const content = csvBytes(file!);
  return withEngine(context.dataDir, {}, async (engine) =>
    showReport(context, await engine.importCsv({ ...about, content })),
  );
}

/** Bytes of a file; Infinity for what is none, such as a pipe, which can be read only once. */
async function sizeOf(file: string): Promise<number> {
  const about = await stat(file).catch(() => null);
  return about === null || about.isFile() || about.isDirectory() ? (about?.size ?? 0) : Infinity;
}

function showReport({ out }: Context, report: ImportReport): number {
  out.data({ type: 'import', ...report });
  out.text(report.understood);
  for (const { effect, sentence } of report.notices) if (effect === 'info') out.text(`- ${sentence}`);
  return 0;
}

function showPreview({ out }: Context, preview: CsvPreview): number {
  const { understood, bars, notices } = preview;
  out.data({ type: 'preview', ...preview });
  out.text(understood ?? '');
  for (const { effect, sentence } of notices) if (effect === 'info') out.text(`- ${sentence}`);
  const cell = (value: number | null) => (value === null ? '' : String(value));
  const rows = bars.map(({ time, open, high, low, close, volume }) => [
    new Date(time).toISOString(),
    ...[open, high, low, close, volume].map(cell),
  ]);
  out.text(table(['time (UTC)', 'open', 'high', 'low', 'close', 'volume'], rows));
  return 0;
}
