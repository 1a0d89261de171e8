import { mapEventIterator, ORPCError } from '@orpc/client';
import { errorMap } from '../../shared/contract/base.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { errorData } from './errors.ts';

/** The error a client of any transport receives: code, sentence and details of the closed list, nothing else. */
export function typedError(error: unknown): ORPCError<ErrorCode, unknown> {
  const { code, sentence, details } = errorData(error);
  return new ORPCError(code, {
    defined: true,
    status: errorMap[code].status,
    message: sentence,
    data: details,
    cause: error,
  });
}

/**
 * An interceptor for the oRPC handlers of every host: whatever a call or its stream ends with leaves as a typed error.
 * @param unexpected told of what is not in the closed list (INTERNAL), before its text is dropped.
 */
export function typedErrors(unexpected: (error: unknown) => void) {
  const convert = (error: unknown) => {
    const typed = typedError(error);
    if (typed.code === 'INTERNAL') unexpected(error);
    return typed;
  };
  return async <T>(call: { next(): Promise<T> }): Promise<T> => {
    try {
      const result = await call.next();
      if (!isStream(result)) return result;
      const mapped = mapEventIterator(result, {
        value: async (value) => value,
        error: async (error) => convert(error),
      });
      return mapped as T;
    } catch (error) {
      throw convert(error);
    }
  };
}

export function isStream(value: unknown): value is AsyncIterator<unknown, unknown, void> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
