import { BrainnetError } from '../../../../shared/errors.ts';
import { codeOf } from '../../platform/index.ts';
import { type WebFetch, WebProblem } from '../web-fetch.ts';
import { type ModelSpec, shownAddress } from './known.ts';
import type { PartFile } from './part-file.ts';

/** Why one connection did not bring the rest. */
export class TransferProblem extends Error {
  /** False where the next try would end alike. */
  readonly again: boolean;
  /** How long the server asks to wait; null where it says nothing. */
  readonly waitMs: number | null;
  constructor(problem: string, again: boolean, waitMs: number | null = null) {
    super(problem);
    this.again = again;
    this.waitMs = waitMs;
  }
}

export interface Transfer {
  fetch: WebFetch;
  address: string;
  spec: ModelSpec;
  part: PartFile;
  signal: AbortSignal;
  /** A connection that brings nothing for so long is dropped. */
  stallMs: number;
  onBytes: () => void;
  /** Why what had arrived is thrown away. */
  onRestart: (sentence: string) => void;
}

const LONGEST_WAIT_MS = 60_000;

/**
 * One connection, which appends to the part what it lacks.
 * @throws TransferProblem, DISK_FULL, FILE_UNWRITABLE, or what the signal throws
 */
export async function transfer(input: Transfer): Promise<void> {
  const { part, spec, signal } = input;
  if (part.size === spec.bytes) return;
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), input.stallMs);
  try {
    const answer = await ask(input, AbortSignal.any([signal, stalled.signal]));
    timer.refresh();
    await receive(input, answer, () => timer.refresh());
  } catch (error) {
    signal.throwIfAborted();
    if (stalled.signal.aborted) {
      throw new TransferProblem(`nothing arrived for ${Math.ceil(input.stallMs / 1000)} seconds`, true);
    }
    throw networkProblem(error);
  } finally {
    clearTimeout(timer);
    stalled.abort();
  }
}

const isFrom = (mark: PartFile['mark'], address: string): mark is NonNullable<PartFile['mark']> =>
  mark?.address === shownAddress(address);

function ask({ fetch, address, part }: Transfer, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity', 'user-agent': 'brainnet' };
  const { mark, size } = part;
  if (size > 0) {
    headers.range = `bytes=${size}-`;
    if (isFrom(mark, address) && mark.etag && !mark.etag.startsWith('W/')) headers['if-range'] = mark.etag;
  }
  return fetch(address, { headers, signal });
}

async function receive(input: Transfer, answer: Response, onChunk: () => void): Promise<void> {
  const { address, part, spec, onBytes } = input;
  refuseStatus(answer, input);
  refuseContent(answer);
  const etag = answer.headers.get('etag');
  if (answer.status === 206) checkRange(answer, input);
  else await startOver(input, answer, etag);
  if (!part.mark) await part.restart(address, etag);
  for await (const chunk of answer.body ?? []) {
    onChunk();
    if (part.size === 0) refuseStart(chunk);
    if (part.size + chunk.length > spec.bytes) throw new TransferProblem('it sends more than the model has', false);
    await part.append(chunk);
    onBytes();
  }
  if (part.size < spec.bytes) throw new TransferProblem('the connection broke off', true);
}

async function startOver({ address, part, spec, onRestart }: Transfer, answer: Response, etag: string | null) {
  const length = Number(answer.headers.get('content-length') ?? spec.bytes);
  if (length !== spec.bytes) throw new TransferProblem(`its file has ${length} bytes, not ${spec.bytes}`, false);
  if (part.size > 0) {
    const changed = etag !== null && isFrom(part.mark, address) && part.mark.etag !== etag;
    const why = changed ? 'The file on the server changed' : 'The server does not go on where a download ended';
    onRestart(`${why}, so it begins anew.`);
  }
  await part.restart(address, etag);
}

/** Throws away what arrived where the rest would not belong to it. */
function checkRange(answer: Response, { address, part, spec }: Transfer): void {
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(answer.headers.get('content-range') ?? '') ?? [];
  if (Number(from) !== part.size) throw new TransferProblem('it sends another part than was asked for', false);
  if (total !== '*' && Number(total) !== spec.bytes) {
    throw new TransferProblem(`its file has ${total} bytes, not ${spec.bytes}`, false);
  }
  const etag = answer.headers.get('etag');
  const { mark } = part;
  if (isFrom(mark, address) && mark.etag && etag && mark.etag !== etag) throw new ChangedOnServer();
}

/** The server goes on with a file that is no longer the one that began. */
export class ChangedOnServer extends Error {
  constructor() {
    super('its file changes again and again');
  }
}

function refuseStatus({ status, headers }: Response, { part }: Transfer): void {
  if (status === 200 || (status === 206 && part.size > 0)) return;
  if (status === 416 && part.size > 0) throw new ChangedOnServer();
  if (status === 401 || status === 403) throw new TransferProblem(`it refuses the file (${status})`, false);
  if (status === 404 || status === 410) throw new TransferProblem(`it has no such file (${status})`, false);
  const busy = status === 429 || status === 408 || status >= 500;
  const seconds = Number(headers.get('retry-after') ?? NaN);
  const waitMs = Number.isFinite(seconds) ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : null;
  throw new TransferProblem(`it answers ${status}`, busy, waitMs);
}

function refuseContent({ headers }: Response): void {
  const type = headers.get('content-type') ?? '';
  if (/text\/html/i.test(type)) throw new TransferProblem('it sends a web page instead of the model', false);
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') throw new TransferProblem(`it sends the model packed (${encoding})`, false);
}

/** The first bytes of every model file; a proxy's page or a pointer to the file begins otherwise. */
function refuseStart(chunk: Uint8Array): void {
  const start = Buffer.from(chunk.subarray(0, 4)).toString('latin1');
  if (!'GGUF'.startsWith(start)) throw new TransferProblem('what it sends is not a model file', false);
}

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'it refuses the connection',
  ENOTFOUND: 'its address is not found; is there a network?',
  EAI_AGAIN: 'its address is not found; is there a network?',
  ECONNRESET: 'the connection broke off',
  ETIMEDOUT: 'it does not answer',
  ENETUNREACH: 'there is no network',
  EHOSTUNREACH: 'there is no network',
};

/** What a socket says as a problem of this connection; an error that is not of the network as it is. */
function networkProblem(error: unknown): unknown {
  if (error instanceof WebProblem) return new TransferProblem(error.message, false);
  const known = error instanceof BrainnetError || error instanceof TransferProblem || error instanceof ChangedOnServer;
  const code = codeOf(error);
  if (known || !code) return error;
  const settled = /^(ERR_PROXY_INVALID|ERR_TLS|CERT_|UNABLE_|DEPTH_|SELF_SIGNED)/.test(code);
  return new TransferProblem(WORDS[code] ?? `the connection failed (${code})`, !settled);
}
