import { type CsvColumn, type CsvOptions, INTERVALS } from '../../../shared/domain/index.ts';

const DELIMITERS: Record<Required<CsvOptions>['delimiter'], string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };
const DECIMALS: Record<Required<CsvOptions>['decimal'], string> = { '.': 'point (1.5)', ',': 'comma (1,5)' };
const ORDERS: Record<Required<CsvOptions>['dateOrder'], string> = {
  ymd: 'year, month, day',
  mdy: 'month first (US)',
  dmy: 'day first',
};
const DAMAGE = { false: 'refuse a file with many', true: 'take the file all the same' };
const HEADERS = { true: 'column names', false: 'a bar, no header' };

/** An option that is chosen among a few: how its values are written in the list. */
interface Choice {
  name: 'delimiter' | 'decimal' | 'dateOrder' | 'interval' | 'header' | 'acceptDamage';
  label: string;
  values: Readonly<Record<string, string>>;
}

export const CHOICES: readonly Choice[] = [
  { name: 'delimiter', label: 'Columns are split by', values: DELIMITERS },
  { name: 'decimal', label: 'Decimal sign', values: DECIMALS },
  { name: 'dateOrder', label: 'Dates are written', values: ORDERS },
  { name: 'header', label: 'The first row is', values: HEADERS },
  {
    name: 'interval',
    label: 'Length of a bar',
    values: Object.fromEntries(INTERVALS.map((interval) => [interval, interval])),
  },
  { name: 'acceptDamage', label: 'Bars dropped or repaired', values: DAMAGE },
];

/** The options with one of them told, or, where the text is empty, left to be recognised. */
export function withChoice(told: CsvOptions, name: Exclude<keyof CsvOptions, 'columns'>, text: string): CsvOptions {
  const { [name]: _, ...rest } = told;
  if (text === '') return rest;
  return { ...rest, [name]: name === 'header' || name === 'acceptDamage' ? text === 'true' : text };
}

/** The options with one column told (its number, or empty text for none), or left to be recognised where it is null. */
export function withColumn(told: CsvOptions, name: CsvColumn, column: string | null): CsvOptions {
  const { columns = {}, ...rest } = told;
  const { [name]: _, ...others } = columns;
  const next = column === null ? others : { ...others, [name]: column };
  return Object.keys(next).length === 0 ? rest : { ...rest, columns: next };
}
