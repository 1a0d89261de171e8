import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { ModelSpec } from '../../electron/engine/llm/files/index.ts';
import { seeded } from './engine.ts';

/** What a server of model files does wrong; left out: nothing. */
export interface ModelFaults {
  ignoreRange?: boolean;
  etag?: string | null;
  /** Goes on with a file although it changed. */
  ignoreIfRange?: boolean;
  /** Answers with this status instead of the file. */
  status?: number;
  retryAfter?: number;
  /** Only the first so many answers are `status`. */
  times?: number;
  html?: boolean;
  /** Sends text that says it is a model. */
  text?: string;
  /** Breaks off a connection after so many bytes. */
  dropAfter?: number;
  /** Sends so many bytes and then nothing more. */
  stallAfter?: number;
  /** Milliseconds between pieces of 16 kB. */
  slowMs?: number;
  /** The byte at this place is another. */
  flipAt?: number;
  /** Sends the first so many bytes only, as if that were all. */
  shortTo?: number;
  redirectTo?: string;
  /** Sends slowly, as if the file had so many bytes. */
  claim?: number;
  /** Says that it sends from this byte on. */
  lieFrom?: number;
}

export interface Asked {
  url: string;
  range: string | null;
  ifRange: string | null;
}

export interface ModelServer {
  port: number;
  /** For BRAINNET_MODEL_MIRROR. */
  address: string;
  set(faults: ModelFaults): Promise<void>;
  /** Requests for the file since the last call. */
  asked(): Promise<Asked[]>;
  stop(): void;
}

/** A file that begins as a model does, and goes on with chance. */
export function modelContent(bytes: number, seed = 1): Buffer {
  const random = seeded(seed);
  const content = Buffer.alloc(bytes);
  for (let at = 0; at + 4 <= bytes; at += 4) content.writeUInt32LE(Math.floor(random() * 2 ** 32), at);
  content.write('GGUF', 'latin1');
  content.writeUInt32LE(3, 4);
  content.fill(0, 8, 24);
  return content;
}

export function specOf(content: Buffer): ModelSpec {
  return {
    title: 'A small model',
    file: 'small.gguf',
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    license: 'MIT',
    repository: 'someone/small',
  };
}

/** A server of one model file, in a process of its own. */
export async function startModelServer(bytes: number, faults: ModelFaults = {}): Promise<ModelServer> {
  const child = fork(import.meta.filename, [String(bytes)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const address = `http://127.0.0.1:${port}`;
  const control = (path: string, body: object) =>
    fetch(`${address}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const server: ModelServer = {
    port,
    address,
    set: async (next) => void (await control('/faults', next)),
    asked: async () => (await control('/asked', {})).json(),
    stop: () => void child.kill('SIGKILL'),
  };
  await server.set(faults);
  return server;
}

const PIECE = 16 * 1024;

function serve(bytes: number): void {
  const content = modelContent(bytes);
  let faults: ModelFaults = {};
  let asked: Asked[] = [];
  const server = http.createServer(async (request, response) => {
    if (request.method === 'POST') {
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
      if (request.url === '/faults') faults = body;
      response.end(JSON.stringify(request.url === '/asked' ? asked : {}));
      if (request.url === '/asked') asked = [];
      return;
    }
    const { range, 'if-range': ifRange } = request.headers;
    asked.push({ url: request.url!, range: range ?? null, ifRange: String(ifRange ?? '') || null });
    if (!answerOtherwise(faults, request, response)) await answer(content, faults, request, response);
  });
  server.listen(0, '127.0.0.1', () => {
    process.send!({ port: (server.address() as { port: number }).port });
  });
}

/** Whether something else than the file was sent. */
function answerOtherwise(faults: ModelFaults, request: http.IncomingMessage, response: http.ServerResponse): boolean {
  if (faults.redirectTo && !request.url!.startsWith('/elsewhere')) {
    response.writeHead(302, { location: faults.redirectTo }).end();
    return true;
  }
  if (faults.status && (faults.times === undefined || faults.times-- > 0)) {
    response.writeHead(faults.status, { 'retry-after': String(faults.retryAfter ?? 1) });
    response.end('no');
    return true;
  }
  if (faults.html) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>Sign in');
    return true;
  }
  return false;
}

async function answer(
  whole: Buffer,
  faults: ModelFaults,
  { headers }: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  if (faults.claim) return claim(faults.claim, headers.range, response);
  const content = faults.text ? Buffer.alloc(whole.length, faults.text) : whole.subarray(0, faults.shortTo);
  const etag = faults.etag === undefined ? '"first"' : faults.etag;
  const changed = !faults.ignoreIfRange && headers['if-range'] !== undefined && headers['if-range'] !== etag;
  const asked = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  const from = faults.ignoreRange || changed ? 0 : asked;
  const about = { 'content-length': content.length - from, ...(etag && { etag }) };
  const range = `bytes ${faults.lieFrom ?? from}-${content.length - 1}/${content.length}`;
  if (from > 0) response.writeHead(206, { ...about, 'content-range': range });
  else response.writeHead(200, about);
  let left = faults.dropAfter ?? faults.stallAfter ?? Infinity;
  for (let at = from; at < content.length && !response.destroyed; at += PIECE) {
    const piece = Buffer.from(content.subarray(at, Math.min(at + PIECE, at + left)));
    const flip = (faults.flipAt ?? -1) - at;
    if (flip >= 0 && flip < piece.length) piece[flip] = piece[flip]! ^ 1;
    response.write(piece);
    left -= piece.length;
    if (left <= 0 && faults.stallAfter) return;
    if (left <= 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      response.destroy();
    }
    if (faults.slowMs) await new Promise((resolve) => setTimeout(resolve, faults.slowMs));
  }
  response.end();
}

async function claim(bytes: number, range: string | undefined, response: http.ServerResponse): Promise<void> {
  const from = Number(/\d+/.exec(range ?? '0')![0]);
  const about = { 'content-length': bytes - from, etag: '"first"' };
  response.writeHead(from > 0 ? 206 : 200, { ...about, 'content-range': `bytes ${from}-${bytes - 1}/${bytes}` });
  while (!response.destroyed) {
    response.write(modelContent(PIECE));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

if (process.argv[1] === import.meta.filename) serve(Number(process.argv[2]));
