import { ORPCError } from '@orpc/contract';
import { BrainnetError, ERROR_CODES, type ErrorCode, type ErrorData, errorSentence, toErrorData } from '../errors.ts';
import { errorMap } from './base.ts';

interface Issue {
  message?: string;
  path?: readonly unknown[];
}

/** Whatever a call of the contract may end with, as plain data: named errors as they are, refused input with its problem, the rest INTERNAL. */
export function callErrorData(error: unknown): ErrorData {
  if (error instanceof BrainnetError || !(error instanceof ORPCError)) return toErrorData(error);
  if (isNamed(error)) return { code: error.code, sentence: error.message, details: detailsOf(error.data) };
  if (error.code !== 'BAD_REQUEST') return toErrorData(error);
  const problem = problemOf(error.data);
  return { code: 'INVALID_INPUT', sentence: errorSentence('INVALID_INPUT', { problem }), details: { problem } };
}

/**
 * The same as a caller of any transport receives it: code, sentence and details of the closed list, nothing else.
 * @param unexpected told of what is not in the list, before its text is dropped; once, however many doors it passes
 */
export function callError(error: unknown, unexpected: (error: unknown) => void): ORPCError<ErrorCode, unknown> {
  if (error instanceof ORPCError && isNamed(error)) return error;
  const { code, sentence, details } = callErrorData(error);
  if (code === 'INTERNAL') unexpected(error);
  return new ORPCError(code, { defined: true, status: errorMap[code].status, message: sentence, data: details });
}

function isNamed(error: ORPCError<string, unknown>): error is ORPCError<ErrorCode, unknown> {
  return error.defined && ERROR_CODES.includes(error.code as ErrorCode);
}

const detailsOf = (data: unknown) => (typeof data === 'object' && data !== null ? (data as ErrorData['details']) : {});

/** The first issue of a validation as "path: message". */
function problemOf(data: unknown): string {
  const issue = (data as { issues?: readonly Issue[] } | null | undefined)?.issues?.[0];
  if (!issue) return 'it is not what the contract asks for';
  const where = (issue.path ?? []).map(pathPart).join('.');
  return `${where ? `${where}: ` : ''}${issue.message ?? 'not as described'}`.replace(/\.$/, '');
}

const pathPart = (part: unknown): string => String(typeof part === 'object' && part && 'key' in part ? part.key : part);
