import { COLUMN_TITLES, type ValueColumn } from './layout.ts';
import { badCsv, quoted } from './problem.ts';
import type { CsvReading } from './reading.ts';

/** How far a price may lie outside high and low and still be rounding, as a fraction of it. */
const ROUNDING = 1e-4;
/** Rows by which swapped columns are told, from all over the file. */
const SAMPLE = 2_000;
const LEAST_ROWS = 5;
/** Prices from here on come from damage, not from another column. */
const LARGEST = 1e15;
/** No candle is this many times as high as low, row after row. */
const WIDEST = 20;
/** Share of rows that another order of the columns must put right. */
const RIGHT = 0.9;

type Columns = Partial<Record<ValueColumn, Float64Array>>;
type Candle = readonly ['open', 'high', 'low', 'close'];
const CANDLE: Candle = ['open', 'high', 'low', 'close'];

/**
 * Refuses a file whose values say that its columns are not what they are taken for: candles that are impossible in most rows, or closes
 * that jump as volumes do beside volumes that move as closes do. Looks at bars up to `until` (start in UTC ms) alone. The user's word
 * for damage lets it pass. @throws BAD_CSV
 */
export function checkColumns({ raw, options, form }: CsvReading, until = Infinity): void {
  if (options.acceptDamage) return;
  const rows = sampledRows(raw.time, until);
  const { open, high, low, close, adjClose, volume } = raw;
  const columns: Columns = { close, ...(adjClose && { adjClose }), ...(volume && { volume }) };
  const nameOf = (name: ValueColumn) => {
    const title = form.dialect.titles?.[form.dialect.layout[name]];
    return title === undefined || title.trim() === '' ? COLUMN_TITLES[name] : quoted(title.trim());
  };
  if (open && high && low) checkCandles({ ...columns, open, high, low }, rows, nameOf);
  else if (volume) {
    const after = rows.filter((row) => row > 0 && raw.time[row - 1]! <= until);
    checkCloses(usualMove(close, after), usualMove(volume, after), nameOf);
  }
}

type NameOf = (name: ValueColumn) => string;

/** Places of some rows up to `until`, from all over them. */
function sampledRows(time: Float64Array, until: number): number[] {
  let count = 0;
  for (const start of time) if (start <= until) count++;
  const stride = Math.max(1, Math.floor(count / SAMPLE));
  const rows: number[] = [];
  let seen = 0;
  for (let row = 0; row < time.length; row++) if (time[row]! <= until && seen++ % stride === 0) rows.push(row);
  return rows;
}

function checkCandles(columns: Columns, all: readonly number[], nameOf: NameOf): void {
  const rows = all.filter((row) => hasPrices(columns, row));
  const wrong = impossible(columns, rows, CANDLE);
  const seen = `in ${wrong.length.toLocaleString('en-US')} of ${rows.length.toLocaleString('en-US')} rows`;
  if (wrong.length < LEAST_ROWS || wrong.length * 2 <= rows.length) return;
  const pair = swaps(columns).find(
    (swap) => impossible(columns, wrong, swapped(swap)).length <= wrong.length * (1 - RIGHT),
  );
  if (!pair) {
    throw badCsv(
      `${seen} ${nameOf('high')} is not the highest price or ${nameOf('low')} not the lowest; say which column is which`,
    );
  }
  const [a, b] = pair;
  throw badCsv(`its columns ${nameOf(a)} and ${nameOf(b)} look swapped ${seen}; say which column is which`);
}

function hasPrices({ open, high, low, close }: Columns, row: number): boolean {
  const prices = [open![row]!, high![row]!, low![row]!, close![row]!];
  return Math.min(...prices) > 0 && Math.max(...prices) < LARGEST;
}

function impossible(columns: Columns, rows: readonly number[], order: readonly ValueColumn[]): number[] {
  const [open, high, low, close] = order.map((name) => columns[name]!);
  return rows.filter((row) => {
    const top = Math.max(open![row]!, close![row]!, low![row]!);
    const bottom = Math.min(open![row]!, close![row]!, high![row]!);
    const holds = high![row]! >= top * (1 - ROUNDING) && low![row]! <= bottom * (1 + ROUNDING);
    return !(holds && low![row]! > 0 && high![row]! < low![row]! * WIDEST);
  });
}

type Swap = readonly [ValueColumn, ValueColumn];

/** Every two columns of which one makes the candle. */
function swaps(columns: Columns): Swap[] {
  const names = [...CANDLE, 'volume', 'adjClose'].filter((name) => columns[name as ValueColumn]) as ValueColumn[];
  const favoured: Swap[] = [
    ['close', 'adjClose'],
    ['high', 'low'],
    ['close', 'volume'],
  ];
  const pairs = names.flatMap((a, index) => names.slice(index + 1).map((b): Swap => [a, b]));
  return [...favoured.filter((pair) => pair.every((name) => columns[name])), ...pairs];
}

function swapped([a, b]: Swap): ValueColumn[] {
  return CANDLE.map((name) => (name === a ? b : name === b ? a : name));
}

/** Rows below which the moves of two columns tell nothing. */
const LEAST_MOVES = 20;
/** The usual move from row to row: a close that moves more is none, and a volume that moves less neither. */
const WILD = 0.1;
const CALM = 0.05;

function checkCloses(wild: number | null, calm: number | null, nameOf: NameOf): void {
  if (wild === null || calm === null || wild < WILD || calm > CALM || calm === 0) return;
  const [close, volume] = [nameOf('close'), nameOf('volume')];
  const moves = `${close} usually changes by ${Math.round(wild * 100)} % from row to row, ${volume} by ${(calm * 100).toFixed(1)} %`;
  throw badCsv(`its columns ${close} and ${volume} look swapped: ${moves}; say which column is which`);
}

/** Median of the absolute relative moves from the row before; null of too few. */
function usualMove(values: Float64Array, rows: readonly number[]): number | null {
  const moves = rows.flatMap((row) => {
    const move = Math.abs(Math.log(values[row]! / values[row - 1]!));
    return Number.isFinite(move) ? [move] : [];
  });
  moves.sort((a, b) => a - b);
  return moves.length < LEAST_MOVES ? null : moves[moves.length >> 1]!;
}
