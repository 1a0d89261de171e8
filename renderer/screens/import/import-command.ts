import { notifications } from '@mantine/notifications';
import type { ImportReport } from '../../../shared/contract/index.ts';
import type { CsvOptions, Instrument, Watchlist } from '../../../shared/domain/index.ts';
import { api, queries } from '../../engine/index.ts';
import { clockDate, openSymbol, ownInterval, workspace } from '../../workspace/index.ts';
import { addToOpenList } from '../watchlist/list-commands.ts';

export interface Import {
  symbol: string;
  fileName: string;
  content: string;
  options: CsvOptions;
}

function tell({ symbol, bars, firstDate, lastDate }: ImportReport): void {
  const at = clockDate(workspace.get().clock);
  const ahead = firstDate > at ? ` They begin after the clock (${at}); press Latest to see them.` : '';
  const message = `${bars} bars, ${firstDate} to ${lastDate}.${ahead}`;
  notifications.show({ title: `${symbol} imported`, message, color: 'teal', autoClose: ahead ? 12_000 : 6000 });
}

/** Imports the bars, adds the symbol to the list on screen and opens it. Throws what the engine refuses; then nothing is stored. */
export async function importBars(input: Import, list: Watchlist | undefined): Promise<void> {
  const report = await api().market.importBars(input);
  const ref = { symbol: report.symbol, source: 'csv' } as const;
  const instruments = await api().market.instruments();
  queries.put('instruments', instruments);
  queries.invalidate(['rows', 'series', 'field', 'reading', 'saliency', 'search']);
  tell(report);
  await addToOpenList(list, [ref]);
  openSymbol(withInterval(ref, report, instruments));
}

/** Bars of another interval than the symbol's own are opened by name. */
function withInterval<T extends { symbol: string; source: 'csv' }>(
  ref: T,
  { interval }: ImportReport,
  instruments: readonly Instrument[],
) {
  return ownInterval(instruments, ref) === interval ? ref : { ...ref, interval };
}
