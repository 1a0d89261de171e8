import { APIError } from 'openai';
import { z } from 'zod';
import { BrainnetError } from '../../../../shared/errors.ts';
import { codeOf, waitInWords } from '../../platform/index.ts';
import { WebProblem } from '../web-fetch.ts';
import { NAME_DEPLOYMENT, type Unlisted } from './models.ts';
import { saysNoVision } from './no-vision.ts';
import { isPage, saidBy } from './said-by.ts';

/** What a failed request is told by. */
export interface Told {
  where: string;
  model: string;
  /** Struck out wherever a server repeats it. */
  key: string | undefined;
  deployment: boolean;
}

export const toldOf = (
  { model, key, deployment = false }: { model: string | null; key?: string; deployment?: boolean },
  { where }: { where: string },
): Told => ({ where, model: model ?? 'Phi-3.5', key, deployment });

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
  if (error instanceof APIError && (error.status !== undefined || error.error !== undefined))
    return refusal(error, told);
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

/** Of an answer, or as an error tells it that came in a stream or with status 200; 0 where nothing does. */
export function statusOf(error: unknown): number {
  if (!(error instanceof APIError)) return 0;
  return error.status ?? Coded.safeParse(error.error).data?.code ?? 0;
}
const Coded = z.object({ code: z.coerce.number().int().min(400).max(599) });

/** What came in place of a list of models as the error that the same answer to a conversation is. */
export function unlistedError({ status, headers, text }: Unlisted): APIError {
  let error: unknown = null;
  try {
    const json = JSON.parse(text);
    error = json?.error ?? json;
  } catch {
    // said in words of its own
  }
  return new APIError(status === 200 ? undefined : status, error as object, text, headers);
}

/** Seconds that the server asks to wait; null where it does not say. */
export function retryAfter(error: unknown): number | null {
  const text = error instanceof APIError ? error.headers?.get('retry-after') : null;
  const seconds = Number(text ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

const TOO_LONG = /context.{0,20}(length|window|size|overflow)|too (long|many tokens)|maximum.{0,30}tokens/i;

function refusal(error: APIError, { where, model, key, deployment }: Told): BrainnetError {
  const status = statusOf(error);
  const said = saidBy(error, key);
  if (status === 401 || status === 403) return new BrainnetError(key ? 'LLM_REFUSED' : 'LLM_KEY_NEEDED', { where });
  if (status === 429) return new BrainnetError('LLM_LIMITED', { where, wait: waitOf(error) });
  if (status === 404 && /model|deployment/i.test(said)) {
    const way = deployment ? NAME_DEPLOYMENT : 'name one that it has with OLLAMA_MODEL';
    return new BrainnetError('LLM_UNKNOWN_MODEL', { where, model, known: 'it does not say which', way });
  }
  if ([0, 400, 413, 422].includes(status) && TOO_LONG.test(said)) {
    return bad(`the request is longer than ${model} at ${where} can read`);
  }
  if (status >= 300 && status < 400) return bad(`${where} sends elsewhere (${status})`);
  const words = isPage(error) ? [' with a web page', said && ` (${said})`] : [said && `: ${said}`];
  return bad(`${where} answered ${status || 'with an error'}${words.join('')}`);
}

function waitOf(error: unknown): string {
  const seconds = retryAfter(error);
  return waitInWords(seconds === null ? null : 1000 * seconds);
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
