import type { Interval } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { isMarkup, notData } from '../remote/checks.ts';
import type { Answer } from '../remote/requester.ts';
import { limitInWords } from './limits.ts';
import { checkShape } from './shapes.ts';
import { SOURCE } from './source.ts';

/** Yahoo's words are short; a longer message of the library repeats the whole answer. */
const LONGEST_WORDS = 400;

/** Yahoo's own no: the status it came with and its words, '' where it gave none. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, words: string) {
    super(words);
    this.name = 'Refused';
    this.status = status;
  }
}

/** What was asked, for the sentence of an error. */
export interface Asked {
  symbol: string;
  interval: Interval | null;
}

/** Lets an answer pass that can be data. @throws Refused, SOURCE_ANSWER_BAD */
export function checkAnswer({ status, text }: Answer): void {
  if (status >= 300 && status < 400) throw notData(SOURCE, 'it sends the request on to another address');
  if (status >= 400) throw new Refused(status, wordsOf(text));
  if (isMarkup(text)) throw notData(SOURCE, 'a web page came instead of data');
  if (!/^\s*\{/.test(text)) throw notData(SOURCE, text.trim() === '' ? 'it is empty' : 'text came instead of data');
  if (/^\s*\{\s*"chart"\s*:\s*\{\s*"result"\s*:\s*(\[\s*\]|null)\s*,\s*"error"\s*:\s*null/.test(text)) {
    throw new Refused(404, 'No data found');
  }
  checkShape(text);
}

function wordsOf(text: string): string {
  const found = /"description"\s*:\s*"([^"\\]{1,400})/.exec(text.slice(0, 10_000));
  return found ? found[1]! : '';
}

/** Whatever the library or Yahoo threw, as an error of ours. */
export function translated(error: unknown, asked: Asked): BrainnetError {
  if (error instanceof BrainnetError) return error;
  const words = error instanceof Error ? error.message : '';
  const own = words.length <= LONGEST_WORDS && !/^(Response\.ok|Unexpected result)/.test(words);
  const said = own ? saidBy(words, asked) : null;
  if (said) return said;
  if (error instanceof Refused) return refusedWith(error.status, asked);
  return notData(SOURCE, problemOf(error, words));
}

function saidBy(words: string, { symbol, interval }: Asked): BrainnetError | null {
  if (/no data found|delisted|symbol not found|quote not found/i.test(words)) {
    return new BrainnetError('UNKNOWN_SYMBOL', { symbol, where: SOURCE });
  }
  const none = /^data doesn't exist/i.test(words);
  const limited = /data not available for|granularity|must be within the last/i.test(words);
  if (!interval || !(none || limited)) return null;
  const problem = limited ? limitInWords(interval) : 'it has none for these days; ask for other days';
  return new BrainnetError('RANGE_NOT_OFFERED', { source: SOURCE, symbol, problem });
}

function refusedWith(status: number, { symbol }: Asked): BrainnetError {
  if (status === 404) return new BrainnetError('UNKNOWN_SYMBOL', { symbol, where: SOURCE });
  return notData(SOURCE, `it refused the request with status ${status}`);
}

function problemOf(error: unknown, words: string): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'FailedYahooValidationError') return 'its form is not the known one';
  if (words.startsWith('No timestamp')) return 'it has bars without times';
  if (words.startsWith('Response.ok where we expect JSON')) return 'it is cut off or broken';
  if (/crumb|consent|cookie|redirect/i.test(words)) return 'its page of consent and cookies did not work out';
  return 'its form is not the known one';
}
