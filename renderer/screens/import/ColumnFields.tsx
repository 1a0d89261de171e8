import { NativeSelect } from '@mantine/core';
import { CSV_COLUMNS, type CsvColumn, type CsvOptions } from '../../../shared/domain/index.ts';
import { withColumn } from './choices.ts';
import classes from './import.module.css';

interface Props {
  /** What the user overrules. */
  told: CsvOptions;
  /** Every option in force; null where the file could not be read at all. */
  inForce: Required<CsvOptions> | null;
  /** The file's columns. */
  titles: readonly string[];
  /** Shown unfolded: the file cannot be read so. */
  open: boolean;
  onChange: (told: CsvOptions) => void;
}

const LABELS: Record<CsvColumn, string> = {
  date: 'Date',
  time: 'Time of day',
  open: 'Open',
  high: 'High',
  low: 'Low',
  close: 'Close',
  adjClose: 'Adjusted close',
  volume: 'Volume',
};
const RECOGNISE = 'recognise';
const NONE = 'none';

/** How a column reads while nothing overrules it. */
function asRead(inForce: Props['inForce'], name: CsvColumn, titles: readonly string[]): string {
  const number = inForce?.columns[name];
  if (number === undefined) return 'Recognise it';
  return `As read: ${number === '' ? 'none' : (titles[Number(number) - 1] ?? number)}`;
}

/** Which column of the file is which: as recognised, or as the user says. */
export function ColumnFields({ told, inForce, titles, open, onChange }: Props) {
  if (titles.length < 2) return null;
  const choices = [
    ...titles.map((title, index) => ({ value: String(index + 1), label: `${index + 1}: ${title}` })),
    { value: NONE, label: 'None' },
  ];
  const chosen = (name: CsvColumn) => {
    const said = told.columns?.[name];
    return said === undefined ? RECOGNISE : said === '' ? NONE : said;
  };
  const change = (name: CsvColumn, value: string) =>
    onChange(withColumn(told, name, value === RECOGNISE ? null : value === NONE ? '' : value));
  return (
    <details className={classes.columns} open={open || told.columns !== undefined} data-testid="import-columns">
      <summary>Which column is which</summary>
      <div className={classes.options}>
        {CSV_COLUMNS.map((name) => (
          <NativeSelect
            key={name}
            size="xs"
            label={LABELS[name]}
            value={chosen(name)}
            data={[
              {
                value: RECOGNISE,
                label: told.columns?.[name] === undefined ? asRead(inForce, name, titles) : 'Recognise it',
              },
              ...choices,
            ]}
            onChange={(event) => change(name, event.currentTarget.value)}
            data-testid={`import-column-${name}`}
          />
        ))}
      </div>
    </details>
  );
}
