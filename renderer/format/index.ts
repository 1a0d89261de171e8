import { roundedDown, roundedProbability } from '../../shared/domain/certainty.ts';
import type { Action, Regime, SampleStatus, Source } from './types.ts';

const MISSING = 'N/A';
const finite = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/** A price with as many decimals as its size asks for: 1,234.50, 0.012346. */
export function price(value: number | null | undefined, locale?: string): string {
  if (!finite(value)) return MISSING;
  const size = Math.abs(value);
  const digits = size >= 1 || size === 0 ? 2 : Math.min(8, 3 - Math.floor(Math.log10(size)));
  return value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A fraction as a signed percentage: 0.0123 is +1.23 %. */
export function change(fraction: number | null | undefined, locale?: string): string {
  if (!finite(fraction)) return MISSING;
  const text = Math.abs(fraction * 100).toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const zero = Number(Math.abs(fraction * 100).toFixed(2)) === 0;
  return `${zero ? '' : fraction > 0 ? '+' : '\u2212'}${text} %`;
}

/** A share without sign: 0.4286 is 43 %; only all of it is 100 %. */
export function share(fraction: number | null | undefined, digits = 0, locale?: string): string {
  if (!finite(fraction)) return MISSING;
  const most = fraction < 1 ? 100 - 10 ** -digits : Number.POSITIVE_INFINITY;
  return `${Math.min(most, fraction * 100).toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })} %`;
}

/** C in [0, 1], rounded down to two decimals: only a full 1 reads 1.00, whatever lies below never does. */
export function certainty(value: number | null | undefined, locale?: string): string {
  if (!finite(value)) return MISSING;
  return figure(roundedDown(value), 2, locale);
}

/** A class's probability in [0, 1], rounded to the nearest hundredth: only a full 1 reads 1.00. */
export function probability(value: number | null | undefined, locale?: string): string {
  if (!finite(value)) return MISSING;
  return figure(roundedProbability(value), 2, locale);
}

/** A plain figure with fixed decimals. */
export function figure(value: number | null | undefined, digits = 2, locale?: string): string {
  if (!finite(value)) return MISSING;
  const rounded = Number(value.toFixed(digits)) === 0 ? 0 : value;
  return rounded
    .toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replace('-', '\u2212');
}

export const whole = (value: number | null | undefined, locale?: string) =>
  finite(value) ? Math.round(value).toLocaleString(locale) : MISSING;

/** "1 decision", "1,204 decisions". */
export const counted = (count: number, one: string, many = `${one}s`) => `${whole(count)} ${count === 1 ? one : many}`;

/** A volume in short form: 12,345,678 is 12.35M. */
export function volume(value: number | null | undefined, locale?: string): string {
  if (!finite(value)) return MISSING;
  return value.toLocaleString(locale, { notation: 'compact', maximumFractionDigits: 2 });
}

/** Milliseconds as a rough length of time: 850 ms, 12 s, 3 min 5 s, 2 h 4 min. */
export function duration(ms: number | null | undefined): string {
  if (!finite(ms)) return MISSING;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A sentence of the engine with a capital at its start and a full stop at its end. */
export function asSentence(text: string): string {
  const begun = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** How old live bars are, in words; null where nothing is missing. */
export function sessionsBehind(sessions: number | null | undefined): string | null {
  if (!finite(sessions) || sessions <= 0) return null;
  return sessions === 1 ? '1 session behind' : `${sessions} sessions behind`;
}

/** The UTC date of a moment. */
export const dateOf = (time: number | string) => new Date(time).toISOString().slice(0, 10);

/** The start of a bar: a date for days and longer, date and UTC minute below. */
export function barTime(time: number, intraday: boolean): string {
  const iso = new Date(time).toISOString();
  return intraday ? `${iso.slice(0, 10)} ${iso.slice(11, 16)}` : iso.slice(0, 10);
}

/** A clock time in UTC to the minute, labelled. */
export const utc = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** A size in bytes: 111 MB. */
export function bytes(value: number, locale?: string): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  return `${(value / 1000 ** power).toLocaleString(locale, { maximumFractionDigits: power > 0 ? 1 : 0 })} ${units[power]}`;
}

/** An identifier or hash short enough for a line. */
export const short = (hash: string) => (hash.length > 14 ? `${hash.slice(0, 8)}\u2026${hash.slice(-4)}` : hash);

export const SOURCE_NAMES: Record<Source, string> = {
  samples: 'Bundled samples',
  'samples-closes': 'Bundled closes',
  csv: 'Imported CSV',
  yahoo: 'Yahoo',
  stooq: 'Stooq',
};
/** A source inside a sentence: names keep their capital. */
export const sourceWords = (source: Source): string =>
  source === 'yahoo' || source === 'stooq'
    ? SOURCE_NAMES[source]
    : SOURCE_NAMES[source].replace(/^[A-Z]/, (letter) => letter.toLowerCase());

/** Whether a notice says that prices were adjusted at their source. */
export const hasAdjusted = (notices: readonly { rule: string }[]): boolean =>
  notices.some(({ rule }) => rule === 'adjusted-at-source');

const ADJUSTED: readonly Source[] = ['samples-closes', 'stooq'];
/** Whether a source gives closes that it has adjusted for later splits and dividends: not the prices of the day. */
export const isAdjusted = (source: Source): boolean => ADJUSTED.includes(source);

export const REGIME_NAMES: Record<Regime, string> = {
  trending: 'Trending',
  mean_reverting: 'Mean reverting',
  volatile: 'Volatile',
  quiet: 'Quiet',
};
export const ACTION_SIGNS: Record<Action, { glyph: string; word: string }> = {
  long: { glyph: '\u25b2', word: 'Long' },
  short: { glyph: '\u25bc', word: 'Short' },
  hold: { glyph: '\u25c6', word: 'Hold' },
};
export const SAMPLE_NAMES: Record<SampleStatus, { word: string; sentence: string }> = {
  training: {
    word: 'In sample',
    sentence:
      'The network was fitted on this symbol in this period; the reading proves nothing and stays out of scorecards.',
  },
  tuning: {
    word: 'Tuning period',
    sentence:
      'Only the temperatures of the network were fitted on this symbol in this period; scorecards count the decision.',
  },
  out: { word: 'Out of sample', sentence: 'The network has not seen this symbol in this period.' },
};

/** `mean_reverting` as words. */
export const words = (name: string) => name.replaceAll('_', ' ');
