import { mapEventIterator } from '@orpc/client';
import { callError } from '../../shared/contract/errors.ts';

/**
 * An interceptor for the oRPC handlers of every host: whatever a call or its stream ends with leaves as a typed error.
 * @param unexpected told of what is not in the closed list (INTERNAL), before its text is dropped.
 */
export function typedErrors(unexpected: (error: unknown) => void) {
  const convert = (error: unknown) => callError(error, unexpected);
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
