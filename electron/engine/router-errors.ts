import type { ORPCError } from '@orpc/server';
import { callError } from '../../shared/contract/errors.ts';
import type { Logger } from './platform/index.ts';

/** Any thrown value as a named error of the contract; what is none of ours is logged here, once, and leaves as INTERNAL. */
export function orpcError(error: unknown, log: Logger): ORPCError<string, unknown> {
  return callError(error, (unexpected) => log.error({ err: unexpected }, 'unexpected error'));
}

/** The same for an error that comes while a stream runs. */
export async function* withPlainErrors<T>(stream: AsyncGenerator<T>, log: Logger): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    throw orpcError(error, log);
  }
}
