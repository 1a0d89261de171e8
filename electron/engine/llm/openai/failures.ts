import { APIError } from 'openai';
import { BrainnetError } from '../../../../shared/errors.ts';
import { codeOf } from '../../platform/index.ts';
import { WebProblem } from '../web-fetch.ts';
import { saysNoVision } from './no-vision.ts';

/** What a failed request is told by. */
export interface Told {
  where: string;
  model: string;
  /** Struck out wherever a server repeats it. */
  key: string | undefined;
}

const SOCKETS: Record<string, string> = {
  ECONNREFUSED: 'it refuses the connection; is the server running?',
  ENOTFOUND: 'there is no such address',
  EAI_AGAIN: 'its address is not found; is there a network?',
  ECONNRESET: 'the connection broke off',
  EPIPE: 'the connection broke off',
  ETIMEDOUT: 'it does not answer',
  ENETUNREACH: 'there is no network',
  EHOSTUNREACH: 'there is no network',
};

/** A failed request in one sentence of ours; what is no failure of a request as it is. Nothing of the request is kept in it. */
export function failure(error: unknown, told: Told): unknown {
  if (error instanceof BrainnetError) return error;
  if (error instanceof APIError && error.status !== undefined) return refusal(error, told);
  const cause = causes(error).find((each) => each instanceof BrainnetError || each instanceof WebProblem);
  if (cause instanceof BrainnetError) return cause;
  if (cause) return new BrainnetError('LLM_UNREACHABLE', { where: told.where, problem: cause.message });
  const code = causes(error).map(codeOf).find(Boolean);
  if (code) {
    const problem = SOCKETS[code] ?? `the connection failed (${code})`;
    return new BrainnetError('LLM_UNREACHABLE', { where: told.where, problem });
  }
  const isText = error instanceof SyntaxError || error instanceof APIError;
  return isText ? bad(`${told.where} answered with something that is not of the protocol`) : error;
}

/** Whether the same request may be answered a moment later. */
export function isPassing(error: unknown): boolean {
  const status = statusOf(error);
  return status === 429 || (status >= 500 && !saysNoVision(saidBy(error, undefined)));
}

export const statusOf = (error: unknown): number => (error instanceof APIError ? (error.status ?? 0) : 0);

/** What the server said, shortened, without control characters and without the key. */
export function saidBy(error: unknown, key: string | undefined): string {
  const text = error instanceof Error ? error.message : '';
  const clean = text.replace(/^\d{3} /, '').replace(/[\p{Cc}\s]+/gu, ' ');
  return (key ? clean.replaceAll(key, '***') : clean).trim().slice(0, 200);
}

/** Seconds that the server asks to wait; null where it does not say. */
export function retryAfter(error: unknown): number | null {
  const text = error instanceof APIError ? error.headers?.get('retry-after') : null;
  const seconds = Number(text ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

const TOO_LONG = /context.{0,20}(length|window|size|overflow)|too (long|many tokens)|maximum.{0,30}tokens/i;

function refusal(error: APIError, { where, model, key }: Told): BrainnetError {
  const status = error.status ?? 0;
  const said = saidBy(error, key);
  if (status === 401 || status === 403) return new BrainnetError('LLM_REFUSED', { where });
  if (status === 429) {
    const seconds = retryAfter(error);
    const wait = seconds === null ? 'a minute' : `${Math.max(1, Math.ceil(seconds))} seconds`;
    return new BrainnetError('LLM_LIMITED', { where, wait });
  }
  if (status === 404 && /model/i.test(said)) {
    return new BrainnetError('LLM_UNKNOWN_MODEL', { where, model, known: 'it does not say which' });
  }
  if ((status === 400 || status === 413 || status === 422) && TOO_LONG.test(said)) {
    return bad(`the request is longer than ${model} at ${where} can read`);
  }
  if (status >= 300 && status < 400) return bad(`${where} sends elsewhere (${status})`);
  return bad(`${where} answered ${status}${said ? `: ${said}` : ''}`);
}

function* chain(error: unknown): Generator<Error> {
  let at = error;
  for (let depth = 0; at instanceof Error && depth < 5; depth++) {
    yield at;
    at = at.cause;
  }
}
const causes = (error: unknown): Error[] => [...chain(error)];

const bad = (problem: string) => new BrainnetError('LLM_ANSWER_BAD', { problem });
