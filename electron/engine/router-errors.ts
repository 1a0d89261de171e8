import { ORPCError } from '@orpc/server';
import { errorMap } from '../../shared/contract/base.ts';
import { BrainnetError, type ErrorCode, errorSentence } from '../../shared/errors.ts';
import type { Logger } from './platform/index.ts';

interface Issue {
  path?: readonly unknown[];
  message?: string;
}

/** Any thrown value as a named error of the contract: ours as it is, a refused input with its problem, the rest as INTERNAL. */
export function orpcError(error: unknown, log: Logger): ORPCError<string, unknown> {
  if (error instanceof BrainnetError) return named(error.code, error.message, error.details);
  if (error instanceof ORPCError) {
    if (error.defined) return error;
    const issues = (error.data as { issues?: Issue[] } | undefined)?.issues;
    if (error.code === 'BAD_REQUEST' && issues) return invalidInput(issues);
    if (error.code !== 'INTERNAL_SERVER_ERROR') return error;
  }
  log.error({ err: error }, 'unexpected error');
  return named('INTERNAL', errorSentence('INTERNAL'), {});
}

/** The same for an error that comes while a stream runs. */
export async function* withPlainErrors<T>(stream: AsyncGenerator<T>, log: Logger): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    throw orpcError(error, log);
  }
}

function invalidInput(issues: readonly Issue[]): ORPCError<string, unknown> {
  const first = issues[0];
  const where = (first?.path ?? []).map(pathPart).join('.');
  const problem = `${where ? `${where}: ` : ''}${first?.message ?? 'not as described'}`;
  return named('INVALID_INPUT', errorSentence('INVALID_INPUT', { problem }), { problem });
}

const pathPart = (part: unknown): string => String(typeof part === 'object' && part && 'key' in part ? part.key : part);

function named(code: ErrorCode, message: string, data: unknown): ORPCError<string, unknown> {
  return new ORPCError(code, { defined: true, status: errorMap[code].status, message, data });
}
