import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { CsvOptions, Interval } from '../../shared/domain/index.ts';

/** A bar of a made file; `time` in UTC ms. */
export interface MadeBar {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** Writes bars the way one program exports them; local times are UTC, so `UTC` is the zone to tell. */
interface LayoutWriter {
  name: string;
  dated: boolean;
  delimiter: string;
  header: string | null;
  row(bar: MadeBar, iso: string): (string | number)[];
}

const values = ({ open, high, low, close }: MadeBar) => [open, high, low, close];
const comma = (value: number) => String(value).replace('.', ',');
const point = (date: string) => date.replaceAll('-', '.');
const slashed = (date: string) => `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)}`;
const dotted = (date: string) => `${date.slice(8)}.${date.slice(5, 7)}.${date.slice(0, 4)}`;
const quotedThousands = (value: number) => `"${value.toLocaleString('en-US', { maximumFractionDigits: 4 })}"`;

/** Every layout the reader knows; `iso` is 2020-01-31T09:30:00. */
export const WRITERS: readonly LayoutWriter[] = [
  {
    name: 'Yahoo',
    dated: true,
    delimiter: ',',
    header: 'Date,Open,High,Low,Close,Adj Close,Volume',
    row: (bar, iso) => [iso.slice(0, 10), ...values(bar), bar.close, bar.volume],
  },
  {
    name: 'Yahoo page',
    dated: true,
    delimiter: '\t',
    header: 'Date\tOpen\tHigh\tLow\tClose*\tAdj Close**\tVolume',
    row: (bar, iso) => {
      const date = new Date(`${iso}Z`).toLocaleDateString('en-US', {
        ...{ timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' },
      } as Intl.DateTimeFormatOptions);
      return [
        date,
        ...[...values(bar), bar.close, bar.volume].map((value) =>
          value.toLocaleString('en-US', { maximumFractionDigits: 4 }),
        ),
      ];
    },
  },
  {
    name: 'Stooq',
    dated: false,
    delimiter: ',',
    header: '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>',
    row: (bar, iso) => [
      'X',
      'D',
      iso.slice(0, 10).replaceAll('-', ''),
      iso.slice(11).replaceAll(':', ''),
      ...values(bar),
      bar.volume,
      0,
    ],
  },
  {
    name: 'TradingView',
    dated: false,
    delimiter: ',',
    header: 'time,open,high,low,close,MA,Volume',
    row: (bar) => [bar.time / 1000, ...values(bar), '', bar.volume],
  },
  {
    name: 'TradingView ISO',
    dated: false,
    delimiter: ',',
    header: 'time,open,high,low,close',
    row: (bar, iso) => [`${iso}Z`, ...values(bar)],
  },
  {
    name: 'MetaTrader 5',
    dated: false,
    delimiter: '\t',
    header: '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>',
    row: (bar, iso) => [point(iso.slice(0, 10)), iso.slice(11), ...values(bar), bar.volume, 0, 1],
  },
  {
    name: 'MetaTrader 4',
    dated: false,
    delimiter: ',',
    header: null,
    row: (bar, iso) => [point(iso.slice(0, 10)), iso.slice(11, 16), ...values(bar), bar.volume],
  },
  {
    name: 'German',
    dated: false,
    delimiter: ';',
    header: 'Datum;Uhrzeit;Schluss;Eröffnung;Hoch;Tief',
    row: (bar, iso) => [
      dotted(iso.slice(0, 10)),
      iso.slice(11, 16),
      ...[bar.close, bar.open, bar.high, bar.low].map(comma),
    ],
  },
  {
    name: 'American',
    dated: true,
    delimiter: ',',
    header: 'DATE,CLOSE,VOLUME',
    row: (bar, iso) => [slashed(iso.slice(0, 10)), quotedThousands(bar.close), bar.volume],
  },
  {
    name: 'French',
    dated: true,
    delimiter: ';',
    header: 'Date;Ouv.;Plus haut;Plus bas;Clôture;Volume',
    row: (bar, iso) => [
      dotted(iso.slice(0, 10)),
      ...values(bar).map((value) => (Number.isNaN(value) ? '' : `${comma(value)} €`)),
      bar.volume,
    ],
  },
  {
    name: 'Spanish',
    dated: false,
    delimiter: '\t',
    header: 'Fecha\tHora\tMáximo\tMínimo\tCierre\tApertura',
    row: (bar, iso) => [
      iso.slice(0, 10),
      iso.slice(11),
      bar.high,
      bar.low,
      Number.isNaN(bar.close) ? '' : `USD ${bar.close}`,
      bar.open,
    ],
  },
  {
    name: 'milliseconds',
    dated: false,
    delimiter: ';',
    header: 'Open Time;Open;High;Low;Close',
    row: (bar) => [bar.time, ...values(bar)],
  },
  { name: 'bare closes', dated: true, delimiter: ',', header: null, row: (bar, iso) => [iso.slice(0, 10), bar.close] },
];

const STEPS: Record<'5m' | '1h' | '1d' | '1wk', number> = {
  '5m': 300_000,
  '1h': 3_600_000,
  '1d': 86_400_000,
  '1wk': 7 * 86_400_000,
};

export interface MadeFile {
  writer: LayoutWriter;
  interval: Interval;
  bars: MadeBar[];
}

/** A sound file: rising times, prices inside their range, more days than a month has that could be months. */
export const madeFile: fc.Arbitrary<MadeFile> = fc
  .record({
    writer: fc.constantFrom(...WRITERS),
    fine: fc.constantFrom('5m' as const, '1h' as const, '1d' as const),
    coarse: fc.constantFrom('1d' as const, '1wk' as const),
    moves: fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(9), fc.nat(9), fc.nat(99_999)), {
      minLength: 13,
      maxLength: 30,
    }),
    start: fc.integer({ min: 0, max: 500 }),
  })
  .map(({ writer, fine, coarse, moves, start }) => {
    const interval = writer.dated ? coarse : fine;
    let close = 1500.5;
    const bars = moves.map(([move, up, down, volume], index) => {
      const open = close;
      close = Math.round((close + move / 8) * 1000) / 1000;
      const [high, low] = [Math.max(open, close) + up, Math.min(open, close) - down];
      return { time: Date.UTC(2018, 0, 1 + start) + index * STEPS[interval], open, high, low, close, volume };
    });
    return { writer, interval, bars };
  });

/** The lines of a made file. */
export function linesOf({ writer, bars }: MadeFile): string[] {
  const rows = bars.map((bar) => writer.row(bar, new Date(bar.time).toISOString().slice(0, 19)).join(writer.delimiter));
  return writer.header === null ? rows : [writer.header, ...rows];
}

/** What a cell may hold and still be read, so that series are made of it. */
const READABLE = [
  ...[
    '',
    '0',
    '-0',
    '-1',
    '1e308',
    '1e-320',
    '1e999',
    'Infinity',
    '-inf',
    'NaN',
    'null',
    '1',
    '1e6',
    '3000',
    '1499.999',
    '"1,234.5"',
  ],
  ...[
    '2018-01-01',
    '2019-12-31',
    '9999-12-31',
    '1600-01-01',
    '20180105',
    '2019-03-10 02:30',
    '2019-11-03 01:30',
    '2018-06-01T00:00:00+16:00',
  ],
];
const ROUGH = [
  ...[
    ' ',
    '"',
    '""',
    ',',
    ';',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\0',
    '\uFEFF',
    '<',
    '\u00a0',
    '\u202e',
    '\ud800',
    '{',
    '#',
    '*',
  ],
  ...['0x1f', '1_000', '٣', '1,2,3', '1.2.3', '999999999999999999', '24:00', '12:60', '253402300800', '-62135596800'],
  ...['2020-02-30', '0001-01-01', '13/13/2020', '1/2/20', '02/03/2019', '3.2.2019', '20200132', '=1+1', '__proto__'],
  ...['12,50 €', '$3', '1.5 EUR', '1.500', '1,500', '1.499', '€', 'USD', '5 QQQ'],
  ...['0.5 Dividend', '2:1 Stock Split', 'Date', 'Close', 'date,close', 'sep=;'],
  ...['x'.repeat(300), '1'.repeat(400), '"'.repeat(99), ','.repeat(99)],
];

const mutation = fc.record({
  kind: fc.constantFrom(
    'cell',
    'cell',
    'cell',
    'drop',
    'double',
    'swap',
    'reverse',
    'line',
    'cut',
    'insert',
    'delimiter',
    'turn',
  ),
  at: fc.nat(),
  to: fc.nat(),
  nasty: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...READABLE) },
    { weight: 3, arbitrary: fc.constantFrom(...ROUGH) },
    { weight: 1, arbitrary: fc.string({ maxLength: 8, unit: 'binary' }) },
  ),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

/** Nothing up to four changes. */
export const mutations = fc.array(mutation, { maxLength: 4 });

/** The text of a file after the changes, one after another. */
export function mutated(file: MadeFile, changes: readonly Mutation[]): string {
  let lines = linesOf(file);
  for (const change of changes) {
    const { kind, at, to, nasty } = change;
    if (lines.length === 0) lines = [''];
    const row = at % lines.length;
    if (kind === 'drop') lines.splice(row, 1);
    else if (kind === 'double') lines.splice(row, 0, lines[row]!);
    else if (kind === 'line') lines.splice(row, 0, nasty);
    else if (kind === 'reverse') lines.reverse();
    else if (kind === 'turn') lines = turned(lines, at, to, file.writer.delimiter);
    else if (kind === 'cut')
      lines = lines
        .join('\n')
        .slice(0, -1 - (at % 400))
        .split('\n');
    else lines = withinLines(lines, change, row, to, file.writer.delimiter);
  }
  return lines.join('\n');
}

/** Two columns changed places under their titles. */
export function turned(lines: readonly string[], at: number, to: number, delimiter: string): string[] {
  return lines.map((line, row) => {
    const cells = line.split(delimiter);
    const [a, b] = [at % cells.length, to % cells.length];
    return row === 0 ? line : cells.with(a, cells[b]!).with(b, cells[a]!).join(delimiter);
  });
}

const toldColumn = fc.constantFrom(
  '',
  '1',
  '2',
  '3',
  '5',
  '99',
  'Close',
  'time',
  'Date',
  'DATE',
  '__proto__',
  '0',
  '-1',
);
const toldColumns = fc.record(
  {
    ...{ date: toldColumn, time: toldColumn, open: toldColumn, high: toldColumn, low: toldColumn },
    ...{ close: toldColumn, adjClose: toldColumn, volume: toldColumn },
  },
  { requiredKeys: [] },
);

function withinLines(lines: string[], { kind, nasty }: Mutation, row: number, to: number, delimiter: string): string[] {
  const line = lines[row] ?? '';
  const cells = line.split(delimiter);
  if (kind === 'cell') cells[to % cells.length] = nasty;
  else if (kind === 'delimiter') return lines.with(row, line.replaceAll(delimiter, nasty.slice(0, 3)));
  else if (kind === 'insert')
    return lines.with(row, line.slice(0, to % (line.length + 1)) + nasty + line.slice(to % (line.length + 1)));
  else if (kind === 'swap') return lines.with(row, lines[to % lines.length] ?? '').with(to % lines.length, line);
  return lines.with(row, cells.join(delimiter));
}

/** What a user might tell, true or not; UTC is the zone in which made files are written. */
export const toldOptions: fc.Arbitrary<CsvOptions> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ timezone: 'UTC' }) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const),
        decimal: fc.constantFrom('.' as const, ',' as const),
        dateOrder: fc.constantFrom('ymd' as const, 'mdy' as const, 'dmy' as const),
        timezone: fc.constantFrom('America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo'),
        interval: fc.constantFrom(
          '1m' as const,
          '5m' as const,
          '1h' as const,
          '1d' as const,
          '1wk' as const,
          '1mo' as const,
        ),
        header: fc.boolean(),
        acceptDamage: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ timezone: fc.constant('UTC'), columns: toldColumns }) },
  { weight: 1, arbitrary: fc.constant({}) },
);

/** How a text comes as bytes, damaged at one place where `flip` says so. */
export const packaging = fc.record({
  form: fc.constantFrom('utf8', 'utf8', 'bom', 'utf16le', 'utf16be', 'latin1', 'gzip'),
  flip: fc.option(fc.tuple(fc.nat(), fc.nat(255)), { freq: 3 }),
  chunk: fc.constantFrom(1, 7, 64, 1_000_000),
});
type Packaging = typeof packaging extends fc.Arbitrary<infer T> ? T : never;

export function packed(text: string, { form, flip }: Packaging): Uint8Array {
  const bytes = Uint8Array.from(encoded(text, form));
  if (flip && bytes.length > 0) bytes[flip[0] % bytes.length]! ^= flip[1];
  return bytes;
}

function encoded(text: string, form: Packaging['form']): Buffer {
  if (form === 'utf16le') return Buffer.from(`\uFEFF${text}`, 'utf16le');
  if (form === 'utf16be') return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  if (form === 'latin1') return Buffer.from(text, 'latin1');
  if (form === 'gzip') return gzipSync(text);
  return Buffer.from(form === 'bom' ? `\uFEFF${text}` : text, 'utf8');
}
