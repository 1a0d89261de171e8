import path from 'node:path';
import type { CsvOptions, Interval } from '../../../shared/domain/series.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import type { Engine } from '../../engine/index.ts';
import { readCsvSeries } from '../../engine/market/index.ts';
import { checkedWindow, seriesFor } from '../../engine/vision/index.ts';
import type { Output } from './output.ts';

export interface CsvToAnalyze {
  symbol: string;
  file: string;
  content: Uint8Array;
  interval: Interval | undefined;
  options: CsvOptions;
  asOf: string | undefined;
  windowBars: number | undefined;
}

/**
 * Stores the bars of a file whose last window can be analyzed, and returns the length of a bar; what cannot be is refused with
 * nothing stored. An earlier import that other bars take the place of is named.
 * @throws BAD_CSV, TOO_FEW_BARS, TOO_MANY_BAD_BARS, WINDOW_NOT_READ
 */
export async function importAnalyzable(
  { client, importCsv }: Engine,
  csv: CsvToAnalyze,
  out: Output,
): Promise<Interval> {
  const { symbol, file, content, interval, options, asOf } = csv;
  const bars = csv.windowBars ?? (await windowBarsSet(client));
  const reading = readCsvSeries({ symbol, interval, options, content: once(content), asOf, now: Date.now() });
  const series = await seriesFor(bars, reading);
  checkedWindow(series, bars);
  const { windowBars: reads } = await client.models.convnext();
  if (bars !== reads) throw new BrainnetError('WINDOW_NOT_READ', { reads, bars });
  const fileName = path.basename(file).slice(0, 255);
  const report = await importCsv({ symbol, interval, options, fileName, content });
  const replaced = report.notices.find(({ rule }) => rule === 'replaced');
  if (replaced) out.note(`These bars of ${symbol} are kept: ${replaced.sentence}.`);
  for (const { rule, sentence } of report.notices) {
    if (rule.endsWith('-assumed')) out.note(`Assumed of ${fileName}: ${sentence}.`);
  }
  return report.interval;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function windowBarsSet(client: Engine['client']): Promise<number> {
  const setting = (await client.settings.get()).find(({ name }) => name === 'WINDOW_BARS');
  return Number(setting?.value);
}
