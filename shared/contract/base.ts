import { oc } from '@orpc/contract';
import { ERROR_CODES, type ErrorCode, ErrorDetails } from '../errors.ts';

const STATUS: Partial<Record<ErrorCode, number>> = {
  UNKNOWN_SYMBOL: 404,
  UNKNOWN_WATCHLIST: 404,
  UNKNOWN_DECISION: 404,
  UNKNOWN_RUN: 404,
  UNKNOWN_REPLAY: 404,
  UNAUTHORIZED: 401,
  RATE_LIMITED: 429,
  TOO_LARGE: 413,
  INTERNAL: 500,
  MODEL_FAILED: 500,
  MODEL_DAMAGED: 500,
  MODEL_MISMATCHED: 500,
  MODEL_MISSING: 500,
  DECISION_DAMAGED: 500,
  DISK_FULL: 507,
};

/** Every procedure may answer with any code of the closed list; the data are the details of its sentence. */
export const errorMap = Object.fromEntries(
  ERROR_CODES.map((code) => [code, { status: STATUS[code] ?? 400, data: ErrorDetails }]),
) as Record<ErrorCode, { status: number; data: typeof ErrorDetails }>;

export const procedure = oc.errors(errorMap);
