import type { CsvOptions, Interval, Notice } from '../../../../shared/domain/index.ts';
import { intradayMs } from '../sessions.ts';
import type { Dialect } from './dialect.ts';
import { gapWords, type Spacing } from './intervals.ts';
import type { DateShape } from './moment.ts';
import { quoted } from './problem.ts';

/** What is known of the form of a file beside its bars. */
export interface CsvForm {
  dialect: Dialect;
  options: Required<CsvOptions>;
  told: CsvOptions;
  spacing: Spacing;
  shape: DateShape;
  orderAssumed: boolean;
  /** Times are instants: an epoch, or with their offset from UTC. */
  exact: boolean;
  /** From what the exchange's zone was taken, where that is worth saying. */
  zoneWhy: string | null;
  /** The currency that the file says. */
  marked: string | null;
  /** Rows that tell of dividends and splits. */
  events: number;
  /** Rows whose time of day the zone's clocks skip. */
  skipped: number;
}

/** What was assumed, passed over or dropped before any bar was looked at. Counts stand in `bars` alone. */
export function formNotices(form: CsvForm): Notice[] {
  const { dialect, options, events, skipped, orderAssumed, zoneWhy, marked } = form;
  const { ignored, adjustedClose } = dialect.layout;
  const [order, other] = options.dateOrder === 'mdy' ? ['month first', 'day first'] : ['day first', 'month first'];
  const titles = ignored.slice(0, 5).map(quoted).join(', ');
  const info = (rule: string, sentence: string, applies: boolean, rows = 0) =>
    note('info', rule, rows, sentence, applies);
  const otherMoney = marked !== null && marked !== options.currency;
  return [
    info('date-order-assumed', `dates are taken ${order}, and would read ${other} as well`, orderAssumed),
    info('zone-assumed', zoneWhy ?? '', zoneWhy !== null),
    info('decimal-assumed', `numbers are taken to have the decimal mark "${options.decimal}"`, dialect.decimalAssumed),
    info('adjusted-at-source', ADJUSTED, adjustedClose),
    info('currency-marked', `prices are marked ${marked}, taken as ${options.currency} as told`, otherMoney),
    info('columns-ignored', `columns passed over: ${titles}${ignored.length > 5 ? ', ...' : ''}`, ignored.length > 0),
    info('lines-ignored', 'lines above the header are passed over', dialect.preamble > 0),
    info('event-rows', 'rows passed over: dividends and splits', events > 0, events),
    info('interval-doubtful', doubt(form), doubt(form) !== ''),
    note(
      'dropped',
      'dst-gap',
      skipped,
      `rows dropped: times of day that the clocks of ${options.timezone} skip`,
      skipped > 0,
    ),
  ].flat();
}

const ADJUSTED =
  'closes come adjusted for splits and dividends, so levels are not the prices of the day; moves between bars are';

function note(effect: Notice['effect'], rule: string, bars: number, sentence: string, applies: boolean): Notice[] {
  return applies ? [{ rule, effect, bars, sentence }] : [];
}

function doubt({ spacing, options, told }: CsvForm): string {
  if (told.interval === undefined || spacing.gap === null || spacing.interval === options.interval) return '';
  return `rows are mostly ${gapWords(spacing.gap)} apart, taken as ${options.interval} as told`;
}

const DELIMITERS = { ',': 'comma-separated', ';': 'semicolon-separated', '\t': 'tab-separated' };
export const INTERVAL_WORDS: Record<Interval, string> = {
  '1m': '1-minute',
  '5m': '5-minute',
  '15m': '15-minute',
  '30m': '30-minute',
  '1h': 'hourly',
  '1d': 'daily',
  '1wk': 'weekly',
  '1mo': 'monthly',
};

/** The form in words, first half of what is said back: `tab-separated, no header, decimal comma, day first dates`. */
export function formWords({ dialect, shape, options, orderAssumed, exact }: CsvForm): string[] {
  const { origin, delimiter, header, decimal, grouped, decimalAssumed, tickVolume, volumeUnit } = dialect;
  const table = `${origin ? `${origin}: ` : ''}${DELIMITERS[delimiter]}`;
  const order = options.dateOrder === 'dmy' ? 'day first dates' : 'month first dates';
  const dates = shape === 'numeric dates' ? `${order}${orderAssumed ? ' (assumed)' : ''}` : shape;
  const zoned = intradayMs(options.interval) !== null && exact && !shape.startsWith('epoch');
  return [
    table,
    ...(header ? [] : ['no header']),
    ...(decimal === ',' ? [`decimal comma${decimalAssumed ? ' (assumed)' : ''}`] : []),
    ...(grouped ? ['thousands separators'] : []),
    dates,
    ...(zoned ? ['times with their offset from UTC'] : []),
    ...(volumeUnit ? [`volume in ${volumeUnit.words}`] : []),
    ...(tickVolume ? ['volume in ticks'] : []),
  ];
}
