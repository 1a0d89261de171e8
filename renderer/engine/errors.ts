import { ORPCError } from '@orpc/client';
import { ERROR_CODES, type ErrorCode, type ErrorData, ErrorDetails, errorSentence } from '../../shared/errors.ts';

/** What a screen shows of an error: its code, where it is one of ours, and one sentence. */
export interface Failure {
  code: ErrorCode | 'CONNECTION_LOST' | 'UNEXPECTED_ANSWER';
  sentence: string;
}

const LOST: Failure = {
  code: 'CONNECTION_LOST',
  sentence: 'The engine could not be reached; everything stored is kept, and the page reconnects by itself.',
};
const UNEXPECTED: Failure = {
  code: 'UNEXPECTED_ANSWER',
  sentence:
    'The engine answered in a form that this page does not know; reload the page so that both are of one version.',
};

const isCode = (code: unknown): code is ErrorCode => ERROR_CODES.includes(code as ErrorCode);

/** Any thrown value as one sentence; never a stack or a foreign message. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ORPCError && isCode(error.code)) {
    const details = ErrorDetails.safeParse(error.data);
    const sentence = error.message || errorSentence(error.code, details.success ? details.data : {});
    return { code: error.code, sentence };
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
    return {
      code: 'INVALID_INPUT',
      sentence: errorSentence('INVALID_INPUT', { problem: 'a value is out of its range' }),
    };
  }
  if (error instanceof ORPCError) return { code: 'INTERNAL', sentence: errorSentence('INTERNAL') };
  if (error instanceof Error && error.name === 'ValidationError') return UNEXPECTED;
  return LOST;
}

/** Sentences that name a flag of the command line, as a page says them. */
const PAGE_TEXTS: Partial<Record<ErrorCode, string>> = {
  STALE_BARS: 'The bars of {symbol} are {sessions} sessions behind (the last is of {last}), so nothing was decided.',
};

/** The sentence of an error for a screen. */
export function sentenceOf({ code, sentence, details }: ErrorData): string {
  const text = PAGE_TEXTS[code];
  return text ? text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '?')) : sentence;
}
