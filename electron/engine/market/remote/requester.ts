import { setTimeout as wait } from 'node:timers/promises';
import { BrainnetError } from '../../../../shared/errors.ts';
import { waitInWords } from '../../platform/index.ts';
import { refuseAborted, untilAborted } from './abort.ts';
import { readBody } from './body.ts';
import { failureCode, failureProblem, isReset } from './failures.ts';
import { createLimiter } from './limiter.ts';
import { LONGEST_WAIT, RETRIES, retryAfter, retryWait } from './retries.ts';
import type { RemoteDeps } from './types.ts';

/** Requests under way at once to one source. */
export const MOST_AT_ONCE = 4;
const TIMEOUT_MS = 10_000;

/** An answer that came through, of whatever status but 429 and 5xx; redirects are not followed. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export type Requester = (url: string, init: RequestInit, signal?: AbortSignal) => Promise<Answer>;

/** What a failed try leaves: the error to throw when no try is left, and the wait the source asked for, ms. */
interface Failure {
  error: BrainnetError;
  asked: number | null;
}

/**
 * The one way out to a source: only to `hosts`, at most 4 requests at once, each with a time-out over connection and body, retried
 * up to 3 times with full jitter on 429, 5xx and dropped connections. `source` is its name as the user reads it.
 */
export function createRequester(source: string, hosts: readonly string[], deps: RemoteDeps): Requester {
  const limiter = createLimiter(MOST_AT_ONCE);
  const { clock, log, sleep = wait, random = Math.random, timeoutMs = TIMEOUT_MS } = deps;

  const attempt = async (url: string, init: RequestInit, signal?: AbortSignal): Promise<Answer | Failure> => {
    refuseAborted(signal);
    const timeout = AbortSignal.timeout(timeoutMs);
    const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
    const exchange = async () => {
      const response = await (deps.fetch ?? fetch)(url, { ...init, redirect: 'manual', signal: either });
      return { status: response.status, headers: response.headers, text: await readBody(response, source) };
    };
    try {
      const answer = await untilAborted(exchange(), either);
      return isRefusal(answer.status) ? refusal(source, answer, clock.now()) : answer;
    } catch (error) {
      if (error instanceof BrainnetError) throw error;
      refuseAborted(signal);
      if (timeout.aborted || failureCode(error) === 'UND_ERR_CONNECT_TIMEOUT') {
        throw new BrainnetError('SOURCE_TIMEOUT', { source, seconds: Math.ceil(timeoutMs / 1000) }, { cause: error });
      }
      const failed = new BrainnetError(
        'SOURCE_UNREACHABLE',
        { source, problem: failureProblem(error) },
        { cause: error },
      );
      if (!isReset(error)) throw failed;
      return { error: failed, asked: null };
    }
  };

  return async (url, init, signal) => {
    refuseForeign(url, hosts, source);
    for (let tries = 0; ; tries++) {
      const outcome = await limiter.run(() => attempt(url, init, signal));
      if ('text' in outcome) return outcome;
      const { error, asked } = outcome;
      if (tries >= RETRIES || (asked ?? 0) > LONGEST_WAIT) throw error;
      const pause = retryWait(tries, random(), asked);
      log?.debug({ source, code: error.code, pause }, 'a request is tried again');
      await untilAborted(sleep(pause), signal).catch((reason: unknown) => {
        refuseAborted(signal);
        throw reason;
      });
    }
  };
}

function isRefusal(status: number): boolean {
  return status === 429 || status >= 500;
}

function refusal(source: string, { status, headers }: Answer, now: number): Failure {
  const asked = retryAfter(headers.get('retry-after'), now);
  const error =
    status === 429
      ? new BrainnetError('SOURCE_LIMITED', { source, wait: waitInWords(asked) })
      : new BrainnetError('SOURCE_UNREACHABLE', { source, problem: `it answered with status ${status}` });
  return { error, asked };
}

function refuseForeign(url: string, hosts: readonly string[], source: string): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' && hosts.includes(hostname)) return;
  throw new BrainnetError('SOURCE_ANSWER_BAD', { source, problem: 'it points to an address that is not its own' });
}
