import {
  BrainnetError,
  ERROR_CODES,
  type ErrorCode,
  type ErrorData,
  errorSentence,
  toErrorData,
} from '../../shared/errors.ts';

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[];
}

/** Any error a call of the contract may end with, as plain data: typed errors as they are, refused input as INVALID_INPUT. */
export function errorData(error: unknown): ErrorData {
  if (error instanceof BrainnetError || !(error instanceof Error) || !('code' in error)) return toErrorData(error);
  const { code, data } = error as Error & { code: unknown; data?: unknown };
  if (ERROR_CODES.includes(code as ErrorCode)) {
    const details = typeof data === 'object' && data !== null ? (data as ErrorData['details']) : {};
    return { code: code as ErrorCode, sentence: error.message, details };
  }
  if (code !== 'BAD_REQUEST') return toErrorData(error);
  const problem = problemOf(data) ?? 'it is not what the contract asks for';
  return { code: 'INVALID_INPUT', sentence: errorSentence('INVALID_INPUT', { problem }), details: { problem } };
}

/** The first issue of a validation as "path: message". */
function problemOf(data: unknown): string | null {
  const issue = (data as { issues?: readonly Issue[] } | null | undefined)?.issues?.[0];
  if (!issue) return null;
  const path = (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  return (path ? `${path}: ${issue.message}` : issue.message).replace(/\.$/, '');
}
