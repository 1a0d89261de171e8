import { writeFile } from 'node:fs/promises';
import { BrainnetError } from '../../../../shared/errors.ts';
import { readCsvSeries } from '../../../engine/market/index.ts';
import {
  checkedWindow,
  features,
  gadf,
  gasf,
  imagePng,
  scaleWindow,
  scores,
  seriesFor,
} from '../../../engine/vision/index.ts';
import type { Context } from '../context.ts';
import { csvBytes } from '../csv-bytes.ts';
import { symbolOfFile } from '../csv-file.ts';
import { type CsvFlags, csvOptions } from '../csv-flags.ts';
import { checkAsOf, checkWindow } from '../parse.ts';
import { table } from '../table.ts';

interface Options extends CsvFlags {
  csv: string;
  asOf?: string;
  window: number;
  image?: string;
  fields?: boolean;
}

/** Prints what the last window of a CSV file looks like as a picture; opens no database. */
export async function run({ out }: Context, _args: readonly string[], options: Options): Promise<number> {
  checkWindow(options.window);
  await checkAsOf(options.asOf);
  const symbol = symbolOfFile(options.csv);
  const content = csvBytes(options.csv);
  const told = csvOptions(options);
  const reading = readCsvSeries({ symbol, content, options: told, asOf: options.asOf, now: Date.now() });
  const series = await seriesFor(options.window, reading);
  const { window, notices: found } = checkedWindow(series, options.window);
  const asOf = new Date(series.asOf).toISOString();
  const scaled = scaleWindow(window.close);
  const named = features(scaled);
  const whole = scores(named);
  if (options.image !== undefined) await writeImage(options.image, imagePng(scaled));
  const time = (at: number) => new Date(window.time.at(at)!).toISOString();
  const about = { symbol, bars: window.bars, start: time(0), end: time(-1), asOf, hash: window.hash };
  const assumed = series.notices.filter(({ rule }) => rule.endsWith('-assumed'));
  const notices = [...found, ...assumed].map(({ sentence }) => sentence);
  const fields = options.fields ? { gasf: rows(gasf(scaled), window.bars), gadf: rows(gadf(scaled), window.bars) } : {};
  out.data({ type: 'gaf', window: about, features: named, scores: whole, notices, ...fields });
  out.text(`${symbol}: ${about.bars} bars from ${about.start} to ${about.end}`);
  for (const notice of notices) out.text(`- ${notice}`);
  out.text(
    table(
      ['feature', 'value'],
      Object.entries(named).map(([name, value]) => [name, value.toFixed(6)]),
    ),
  );
  out.text(`TREND ${whole.trend}/10  CYCLE ${whole.cycle}/10  BURST ${whole.burst}/10`);
  if (options.fields) for (const [name, field] of Object.entries(fields)) out.text(`${name}\n${numbers(field)}`);
  return 0;
}

function rows(field: Float32Array, bars: number): number[][] {
  return Array.from({ length: bars }, (_, row) => Array.from(field.subarray(row * bars, (row + 1) * bars)));
}

function numbers(field: readonly (readonly number[])[]): string {
  return field.map((row) => row.map((value) => value.toFixed(3)).join(' ')).join('\n');
}

async function writeImage(file: string, png: Uint8Array): Promise<void> {
  try {
    await writeFile(file, png);
  } catch (error) {
    const problem = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new BrainnetError('FILE_UNWRITABLE', { file, problem }, { cause: error });
  }
}
