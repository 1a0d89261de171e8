export const VALUE_COLUMNS = ['open', 'high', 'low', 'close', 'adjClose', 'volume'] as const;
export type ValueColumn = (typeof VALUE_COLUMNS)[number];

/** Position of each column in a row; -1 where the file has none. `width` is the number of cells a row has. */
export interface Layout extends Record<ValueColumn, number> {
  time: number;
  /** Where a time of day stands in a column of its own. */
  clock: number;
  symbol: number;
  /** Where each row names its currency. */
  currency: number;
  width: number;
  /** The time column is in UTC by its title. */
  utc: boolean;
  /** Titles of columns that nothing is made of. */
  ignored: string[];
  /** The close is an adjusted one, and the file has no other. */
  adjustedClose: boolean;
}

/** Name of a column as error sentences call it. */
export const COLUMN_TITLES: Record<ValueColumn | 'time' | 'clock', string> = {
  time: 'Date',
  clock: 'Time',
  open: 'Open',
  high: 'High',
  low: 'Low',
  close: 'Close',
  adjClose: 'Adj Close',
  volume: 'Volume',
};

/** A layout without columns yet, `width` cells wide. */
export function emptyLayout(width: number): Layout {
  const values = { open: -1, high: -1, low: -1, close: -1, adjClose: -1, volume: -1 };
  return {
    ...values,
    time: -1,
    clock: -1,
    symbol: -1,
    currency: -1,
    width,
    utc: false,
    ignored: [],
    adjustedClose: false,
  };
}
