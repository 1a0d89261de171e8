import type { CsvOptions } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { intradayMs } from '../sessions.ts';
import { readClock } from './clock.ts';
import type { Dialect } from './dialect.ts';
import type { Growing } from './growing.ts';
import { COLUMN_TITLES, VALUE_COLUMNS, type ValueColumn } from './layout.ts';
import { emptyMoment, type Moment } from './moment.ts';
import { amountOf, currencyOf } from './money.ts';
import { digitsAt, isEither, readNumber } from './numbers.ts';
import { badCsv, quoted } from './problem.ts';
import { cellOf, cellsOf, type Row } from './row.ts';
import { emptyColumns, pushMoment } from './row-columns.ts';
import { addClock, NOT_A_CLOCK, NOT_A_DATE, readMoment } from './times.ts';

const EVENT = /^[\d.,:/ ]*(?:cash |special )?(?:dividends?|stock splits?|splits?|capital gains?)[\d.,:/ ]*$/i;
const MAX_ROWS = 10_000_000;

interface Slot {
  name: ValueColumn;
  at: number;
  column: Growing;
  price: boolean;
  /** The last price above zero, NaN before there is one. */
  before: number;
  /** The first of them, and as it is written. */
  first: number;
  firstCell: string;
}

/** A price this many times that of the row before is looked at twice. */
const JUMP = 100;
/** A larger jump is no thousand. */
const MOST_JUMP = 10_000;
const ONE_MARK = 'write every price with the same decimal mark';

/** Reads rows of one form into growing columns. */
export class RowsReader {
  readonly columns = emptyColumns();
  readonly #dialect: Dialect;
  readonly #told: CsvOptions;
  readonly #needsClock: boolean;
  readonly #mark: number;
  readonly #slots: Slot[];
  readonly #values: Float64Array;
  readonly #moment = emptyMoment();
  #symbol: string | null = null;

  constructor(dialect: Dialect, told: CsvOptions) {
    const { layout, decimal } = dialect;
    this.#dialect = dialect;
    this.#told = told;
    this.#needsClock = told.interval !== undefined && intradayMs(told.interval) !== null;
    this.#mark = decimal.charCodeAt(0);
    this.#slots = VALUE_COLUMNS.filter((name) => layout[name] !== -1).map((name) => ({
      name,
      at: layout[name],
      column: this.columns.values[name],
      price: name !== 'volume',
      before: Number.NaN,
      first: Number.NaN,
      firstCell: '',
    }));
    this.#values = new Float64Array(this.#slots.length);
  }

  /** Takes one row. @throws BAD_CSV, TOO_LARGE */
  read(row: Row, line: number): void {
    if (row.count !== this.#dialect.layout.width && !this.#fits(row)) {
      if (this.#isEvent(row)) return;
      throw this.#widthProblem(row, line);
    }
    this.#readTime(row, line);
    if (!this.#readValues(row, line)) return;
    this.#checkSymbol(row, line);
    const { currency } = this.#dialect.layout;
    if (currency !== -1 && this.#told.currency === undefined) this.#markCurrency(row, currency, 'Currency', line);
    pushMoment(this.columns, this.#moment, line);
    for (let index = 0; index < this.#slots.length; index++) this.#slots[index]!.column.push(this.#values[index]!);
    if (this.columns.monthFirst.length > MAX_ROWS) {
      throw new BrainnetError('TOO_LARGE', {
        what: 'The CSV file',
        size: 'more than 10,000,000 rows',
        limit: '10,000,000 rows',
      });
    }
  }

  /** A row may end with cells too many if they are empty. */
  #fits(row: Row): boolean {
    const { width } = this.#dialect.layout;
    if (row.count < width) return false;
    for (let index = width; index < row.count; index++) if (row.from[index] !== row.to[index]) return false;
    return true;
  }

  #readTime(row: Row, line: number): void {
    const { layout, epoch } = this.#dialect;
    const { time, clock } = layout;
    const moment = this.#moment;
    const problem = readMoment(row.text[time]!, row.from[time]!, row.to[time]!, epoch, moment);
    if (problem) throw timeProblem(row, time, line, problem);
    const other = orderProblem(moment, this.#told.dateOrder);
    if (other) throw timeProblem(row, time, line, other);
    if (clock !== -1) {
      const ms = readClock(row.text[clock]!, row.from[clock]!, row.to[clock]!, moment);
      if (Number.isNaN(ms) || moment.clock) throw timeProblem(row, clock, line, NOT_A_CLOCK, 'Time');
      addClock(moment, ms);
    }
    if (this.#needsClock && !moment.clock) {
      throw timeProblem(row, time, line, 'needs a time of day, such as 2012-12-31 09:30');
    }
  }

  /** False where the row tells of a dividend or a split and is passed over. */
  #readValues(row: Row, line: number): boolean {
    for (let index = 0; index < this.#slots.length; index++) {
      const slot = this.#slots[index]!;
      const { at } = slot;
      let value = digitsAt(row.text[at]!, row.from[at]!, row.to[at]!, this.#mark);
      if (Number.isNaN(value) && row.from[at] !== row.to[at]) {
        const read = readNumber(cellOf(row, at), this.#dialect.decimal, !slot.price);
        if (read === null && this.#isEvent(row)) return false;
        if (read === null) throw this.#numberProblem(row, slot, line);
        value = read;
        if (slot.price && this.#dialect.layout.currency === -1)
          this.#markCurrency(row, slot.at, COLUMN_TITLES[slot.name], line);
      }
      this.#values[index] = value;
      if (!slot.price || !(value > 0)) continue;
      const { before } = slot;
      if (!(value < before * JUMP && value * JUMP > before)) this.#checkScale(row, slot, value, line);
      slot.before = value;
    }
    return true;
  }

  /** A lone price in the other decimal style is a thousand times its neighbours, or a thousandth. */
  #checkScale(row: Row, slot: Slot, value: number, line: number): void {
    const { before, at, first, firstCell } = slot;
    const here = cellOf(row, at);
    if (Number.isNaN(before)) {
      slot.first = value;
      slot.firstCell = here;
      return;
    }
    const times = value > before ? value / before : before / value;
    if (times > MOST_JUMP) return;
    const where = `line ${line}, column ${COLUMN_TITLES[slot.name]}`;
    if (isEither(here) && value >= 1000 === value > before) {
      throw badCsv(`${where}: ${quoted(here)} would be read as ${value} after ${before}; ${ONE_MARK}`);
    }
    if (before !== first || !isEither(firstCell) || before >= 1000 !== before > value) return;
    throw badCsv(`${where}: ${value} comes after ${quoted(firstCell)}, which would be read as ${before}; ${ONE_MARK}`);
  }

  /** Takes the currency that a cell is marked with, or is. */
  #markCurrency(row: Row, at: number, title: string, line: number): void {
    const cell = cellOf(row, at);
    const currency = currencyOf(cell) ?? amountOf(cell).currency;
    if (currency === null) return;
    this.columns.currency ??= currency;
    if (this.columns.currency === currency) return;
    throw badCsv(
      `line ${line}, column ${title}: ${quoted(cell)} comes after prices in ${this.columns.currency}; keep one currency`,
    );
  }

  #isEvent(row: Row): boolean {
    const cells = cellsOf(row).filter((cell) => cell !== '');
    const event = cells.length > 1 && cells.length < 4 && EVENT.test(cells.slice(1).join(' '));
    if (event) this.columns.events++;
    return event;
  }

  #checkSymbol(row: Row, line: number): void {
    const { symbol: at } = this.#dialect.layout;
    if (at === -1) return;
    const cell = cellOf(row, at);
    this.#symbol ??= cell;
    if (cell === this.#symbol) return;
    throw badCsv(
      `line ${line} is a bar of ${quoted(cell)} after bars of ${quoted(this.#symbol)}; keep the rows of one symbol`,
    );
  }

  #widthProblem(row: Row, line: number): Error {
    const { layout, header } = this.#dialect;
    const { width } = layout;
    return badCsv(
      `line ${line} has ${row.count} ${row.count === 1 ? 'cell' : 'cells'}, but ${header ? 'the header' : 'the first row'} has ${width}`,
    );
  }

  #numberProblem(row: Row, { name, at }: Slot, line: number): Error {
    const { decimal } = this.#dialect;
    const other = readNumber(cellOf(row, at), decimal === ',' ? '.' : ',') !== null;
    const hint = other ? ` with a decimal ${decimal === ',' ? 'comma' : 'point'}; say another decimal mark` : '';
    return badCsv(`line ${line}, column ${COLUMN_TITLES[name]}: ${quoted(cellOf(row, at))} is not a number${hint}`);
  }
}

/** What is wrong with a date of three numbers in the order that was told. */
function orderProblem({ shape, monthFirst, dayFirst }: Moment, told: CsvOptions['dateOrder']): string | null {
  if (shape !== 'numeric dates' || told === undefined) return null;
  if (told === 'ymd') return NOT_A_DATE;
  if (told === 'mdy') return Number.isNaN(monthFirst) ? 'is no date month first; say another date order' : null;
  return Number.isNaN(dayFirst) ? 'is no date day first; say another date order' : null;
}

function timeProblem(row: Row, at: number, line: number, problem: string, column = 'Date'): Error {
  return badCsv(`line ${line}, column ${column}: ${quoted(cellOf(row, at))} ${problem}`);
}
