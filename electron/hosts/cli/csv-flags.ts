import { type Command, Option } from 'commander';
import { CSV_COLUMNS, type CsvColumn, CsvOptions } from '../../../shared/domain/series.ts';
import { BrainnetError } from '../../../shared/errors.ts';

/** How a CSV file is to be read, as the command line takes it; what is left out is recognised. */
export interface CsvFlags {
  delimiter?: string;
  decimal?: string;
  dateOrder?: string;
  timezone?: string;
  interval?: string;
  header: boolean;
  currency?: string;
  columns?: string;
  acceptDamage?: boolean;
}

/** Adds the flags to a command, all but `--interval`. */
export function addCsvFlags(command: Command): Command {
  return command
    .addOption(new Option('--delimiter <mark>', 'CSV: between the cells').choices([',', ';', 'tab']))
    .addOption(new Option('--decimal <mark>', 'CSV: decimal point or comma').choices(['.', ',']))
    .addOption(new Option('--date-order <order>', 'CSV: month, day or year first').choices(['ymd', 'mdy', 'dmy']))
    .option('--timezone <zone>', "CSV: the exchange's zone, e.g. Europe/Berlin or UTC")
    .option('--no-header', 'CSV: the first row is a bar')
    .option('--currency <currency>', 'CSV: e.g. EUR')
    .option('--columns <map>', 'CSV: which column is which, by title or number: "date=Datum,close=5"')
    .option('--accept-damage', 'CSV: read it though columns look swapped or over 5 % of its bars are bad');
}

/** Whether any of them was given, `--interval` aside. */
export function hasCsvFlags(flags: CsvFlags): boolean {
  const { delimiter, decimal, dateOrder, timezone, header, currency, columns, acceptDamage } = flags;
  const texts = [delimiter, decimal, dateOrder, timezone, currency, columns, acceptDamage];
  return !header || texts.some((given) => given !== undefined);
}

const PLAIN = ['decimal', 'dateOrder', 'timezone', 'interval', 'currency'] as const;

/** The options that the flags say. @throws INVALID_INPUT naming the flag */
export function csvOptions({ delimiter, header, columns, acceptDamage, ...rest }: CsvFlags): CsvOptions {
  const told: Record<string, unknown> = {
    ...(delimiter === undefined ? {} : { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
    ...(header ? {} : { header: false }),
    ...(columns === undefined ? {} : { columns: columnMap(columns) }),
    ...(acceptDamage ? { acceptDamage } : {}),
  };
  for (const name of PLAIN) if (rest[name] !== undefined) told[name] = rest[name];
  const parsed = CsvOptions.safeParse(told);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0]);
  throw wrongFlag(`--${name === 'dateOrder' ? 'date-order' : name}`, String(told[name]), issue?.message);
}

export function wrongFlag(flag: string, value: string, message: string | undefined): BrainnetError {
  return new BrainnetError('INVALID_INPUT', { problem: `${flag} ${value.slice(0, 40)}: ${message}` });
}

/** `date=Datum,close=Schluss, letzter`: a comma parts two columns only where the name of one follows. */
function columnMap(text: string): Record<string, string> {
  const entries = text.split(/,(?=\s*[A-Za-z]+\s*=)/).map((part) => {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(at, 0)).trim();
    const column = CSV_COLUMNS.find((known) => known.toLowerCase() === name.toLowerCase());
    if (!column)
      throw wrongFlag('--columns', part.trim(), `write pairs such as close=Schluss, of ${CSV_COLUMNS.join(', ')}`);
    return [column, part.slice(at + 1).trim()] as const;
  });
  const twice = entries.find(([name], index) => entries.findIndex(([other]) => other === name) !== index);
  if (twice) throw wrongFlag('--columns', text, `${twice[0]} stands twice`);
  return Object.fromEntries(entries) as Record<CsvColumn, string>;
}
