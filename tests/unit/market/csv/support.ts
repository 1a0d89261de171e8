import type { ImportInput } from '../../../../electron/engine/market/index.ts';
import type { ImportReport } from '../../../../shared/contract/index.ts';
import type { CsvOptions, Interval } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { openMarket, temporaryFolder } from '../support.ts';

/** A bar as tests write it: start, open, high, low, close, volume; closes alone: start and close. */
export type Bar = [time: string, ...values: (number | null)[]];

export interface Imported {
  report: ImportReport;
  bars: Bar[];
}

/** Imports into a new market whose clock stands at noon in New York on 2020-06-15, and reads the bars back from its folder. */
export async function imported(content: ImportInput['content'], options: CsvOptions = {}): Promise<Imported> {
  const dir = temporaryFolder();
  const report = await openMarket(dir).importCsv({ symbol: 'TEST', fileName: 'test.csv', content, options });
  const series = await openMarket(dir).series({ symbol: 'TEST', source: 'csv' });
  const daily = (['1d', '1wk', '1mo'] as Interval[]).includes(report.interval);
  const bars = Array.from(series.time, (time, row): Bar => {
    const start = new Date(time).toISOString();
    const { open, high, low, close, volume } = series;
    const candle = open ? [open[row]!, high![row]!, low![row]!] : [];
    return [daily ? start.slice(0, 10) : start, ...candle, close[row]!, ...(volume ? [volume[row]!] : [])];
  });
  return { report, bars };
}

/** The sentence a file is refused with; fails where it is read. */
export async function refusal(content: ImportInput['content'], options: CsvOptions = {}): Promise<string> {
  try {
    const { report } = await imported(content, options);
    return `read: ${report.understood}`;
  } catch (error) {
    if (error instanceof BrainnetError)
      return `${error.code}: ${error.message.replace('The CSV file cannot be read: ', '')}`;
    throw error;
  }
}
