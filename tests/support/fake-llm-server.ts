import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';

/** What the server says and does wrong; left out: it answers "True" like a good server. */
export interface LlmFaults {
  /** One text an answer, the last one again and again. */
  answers?: string[];
  /** Instead of these, the answer to a conversation in which the words occur. */
  when?: Record<string, string>;
  models?: string[];
  contextTokens?: number;
  /** Likeliest first tokens; null: it knows nothing of probabilities. */
  top?: { token: string; logprob: number }[] | null;
  /** Answers a conversation with this status. */
  status?: number;
  message?: string;
  /** The status is answered only where a picture is shown. */
  ifPicture?: boolean;
  /** And only where these words are in the request. */
  ifWords?: string;
  retryAfter?: string;
  /** Only the first so many conversations. */
  times?: number;
  /** Refuses requests that have these words in them, with a sentence that names them. */
  refuses?: string[];
  key?: string;
  html?: boolean;
  /** Raw text of the answer's body, as an event stream. */
  raw?: string;
  /** Breaks off after so many pieces: the connection, or (clean) the stream. */
  breakAfter?: number;
  cleanBreak?: boolean;
  /** Milliseconds between pieces. */
  dripMs?: number;
  /** Milliseconds before the first. */
  waitMs?: number;
  /** Never ends. */
  endless?: boolean;
  noStream?: boolean;
  /** A whole answer with status 200 that is an error of these words. */
  wholeError?: string;
  /** What it says it counted, in place of right figures. */
  usage?: unknown;
  /** Instead of that, what it says of a conversation in which the words occur. */
  usageWhen?: Record<string, unknown>;
  finish?: string;
  noModels?: boolean;
  modelsHtml?: boolean;
  /** What it answers when asked for its models. */
  modelsAnswer?: { status: number; type?: string; body?: string; headers?: Record<string, string> };
  /** The only name it answers to, as a deployment of Azure. */
  deployment?: string;
  /** Refuses what Hugging Face's text-generation-inference refuses, in its words: with status 422, or in the stream. */
  textGenerationInference?: 'status' | 'stream';
  /** A web page in place of an error of the protocol, with the `status`. */
  page?: string;
  /** Tokens it counts for each 100 bytes of the messages it was sent. */
  tokensPer100Bytes?: number;
}

export interface LlmRequest {
  url: string;
  headers: Record<string, string>;
  body: { model?: string; messages?: { role: string; content: unknown }[]; [name: string]: unknown };
}

export interface FakeLlmServer {
  address: string;
  set(faults: LlmFaults): Promise<void>;
  /** Requests of conversations since the last call. */
  asked(): Promise<LlmRequest[]>;
  stop(): void;
}

/** A server that speaks OpenAI's protocol, in a process of its own. */
export async function startFakeLlm(faults: LlmFaults = {}): Promise<FakeLlmServer> {
  const child = fork(import.meta.filename, ['serve'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const address = `http://127.0.0.1:${port}`;
  const control = (path: string, body: object) =>
    fetch(`${address}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const server: FakeLlmServer = {
    address,
    set: async (next) => void (await control('/faults', next)),
    asked: async () => (await control('/asked', {})).json(),
    stop: () => void child.kill('SIGKILL'),
  };
  await server.set(faults);
  return server;
}

export const TRUE_FALSE = [
  { token: 'True', logprob: Math.log(0.6) },
  { token: ' True', logprob: Math.log(0.1) },
  { token: 'False', logprob: Math.log(0.25) },
  { token: 'Maybe', logprob: Math.log(0.05) },
];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function serve(): void {
  let faults: LlmFaults = {};
  let asked: LlmRequest[] = [];
  const server = http.createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const body = text ? JSON.parse(text) : {};
    if (request.url === '/faults') {
      faults = body;
      asked = [];
      response.end('{}');
    } else if (request.url === '/asked') {
      response.end(JSON.stringify(asked));
      asked = [];
    } else if (request.url!.split('?')[0]!.endsWith('/models')) models(faults, response);
    else {
      asked.push({ url: request.url!, headers: request.headers as Record<string, string>, body });
      await converse(faults, request, text, body, response);
    }
  });
  server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as { port: number }).port }));
}

function models(
  { models = ['phi-3.5-mini-instruct'], contextTokens, ...faults }: LlmFaults,
  response: http.ServerResponse,
) {
  if (faults.modelsAnswer) {
    const { status, type = 'application/json', body = '', headers } = faults.modelsAnswer;
    return void response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  }
  if (faults.noModels) return void response.writeHead(404).end('{}');
  if (faults.modelsHtml) return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
  const data = models.map((id) => ({ id, object: 'model', max_model_len: contextTokens }));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data }));
}

async function converse(
  faults: LlmFaults,
  request: http.IncomingMessage,
  text: string,
  body: LlmRequest['body'],
  response: http.ServerResponse,
): Promise<void> {
  const refuse = (status: number, message: string, headers: Record<string, string> = {}) =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ error: { message } }));
  const given = request.headers.authorization ?? request.headers['api-key'] ?? 'no key';
  if (faults.key && !String(given).endsWith(faults.key))
    return void refuse(401, `Incorrect API key provided: ${given}`);
  const isMeant = (!faults.ifPicture || text.includes('image_url')) && text.includes(faults.ifWords ?? '');
  if (faults.status && isMeant && (faults.times === undefined || faults.times-- > 0)) {
    const headers: Record<string, string> = faults.retryAfter ? { 'retry-after': faults.retryAfter } : {};
    if (faults.page) return void response.writeHead(faults.status, { 'content-type': 'text/html' }).end(faults.page);
    return void refuse(faults.status, faults.message ?? `no, ${given}`, headers);
  }
  if (faults.deployment && body.model !== faults.deployment)
    return void refuse(404, 'The API deployment for this resource does not exist.');
  const invalid = faults.textGenerationInference ? refusedByTgi(body) : undefined;
  if (invalid) {
    const error = `Input validation error: ${invalid}`;
    const told = JSON.stringify({ error, error_type: 'validation' });
    const isStream = faults.textGenerationInference === 'stream';
    response.writeHead(isStream ? 200 : 422, { 'content-type': isStream ? 'text/event-stream' : 'application/json' });
    return void response.end(isStream ? `data: ${told}\n\n` : told);
  }
  const refused = faults.refuses?.find((word) => text.includes(`"${word}"`));
  if (refused) return void refuse(400, `${refused} is not supported here`);
  if (faults.html) return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>Sign in');
  if (faults.wholeError) {
    const error = { message: faults.wholeError };
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  }
  if (faults.waitMs) await pause(faults.waitMs);
  const answers = faults.answers ?? ['True'];
  const told = Object.entries(faults.when ?? {}).find(([words]) => text.includes(words))?.[1];
  const answer = told ?? (answers.length > 1 ? answers.shift()! : answers[0]!);
  if (faults.noStream) return whole(faults, answer, response);
  await stream(faults, answer, body, response);
}

/** As its router's validation.rs words it. */
function refusedByTgi({ top_p, top_logprobs }: LlmRequest['body']): string | undefined {
  if (Number(top_p) >= 1) return '`top_p` must be > 0.0 and < 1.0';
  if (Number(top_logprobs) > 5) return `\`top_n_tokens\` must be >= 0 and <= 5. Given: ${top_logprobs}`;
  return undefined;
}

function whole(faults: LlmFaults, content: string, response: http.ServerResponse): void {
  const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: faults.finish ?? 'stop' }];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ choices, usage: { prompt_tokens: 40, completion_tokens: 3 } }, null, 2));
}

async function stream(
  faults: LlmFaults,
  answer: string,
  body: LlmRequest['body'],
  response: http.ServerResponse,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (faults.raw !== undefined) return void response.end(faults.raw);
  const send = (value: object) => response.write(`data: ${JSON.stringify(value)}\n\n`);
  const top = faults.top === undefined ? TRUE_FALSE : faults.top;
  const logprobs = body.logprobs && top ? { content: [{ token: 'True', logprob: 0, top_logprobs: top }] } : null;
  const pieces = answer.match(/[\s\S]{1,8}/g) ?? [''];
  let sent = 0;
  for (let i = 0; (i < pieces.length || faults.endless) && !response.destroyed; i++) {
    if (faults.breakAfter === sent++) return void (faults.cleanBreak ? response.end() : response.destroy());
    send({ choices: [{ index: 0, delta: { content: pieces[i % pieces.length] }, logprobs, finish_reason: null }] });
    await pause(faults.dripMs ?? (faults.endless || faults.breakAfter !== undefined ? 1 : 0));
  }
  send({ choices: [{ index: 0, delta: {}, finish_reason: faults.finish ?? 'stop' }] });
  if (body.stream_options) {
    const details = { prompt_tokens_details: { cached_tokens: 30 } };
    const text = JSON.stringify(body);
    const told = Object.entries(faults.usageWhen ?? {}).find(([words]) => text.includes(words))?.[1];
    send({
      choices: [],
      usage: told ??
        faults.usage ??
        countedBytes(faults, body) ?? { prompt_tokens: 40, completion_tokens: pieces.length, ...details },
    });
  }
  response.end('data: [DONE]\n\n');
}

function countedBytes({ tokensPer100Bytes }: LlmFaults, { messages = [] }: LlmRequest['body']) {
  if (tokensPer100Bytes === undefined) return undefined;
  const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(String(content)), 0);
  return { prompt_tokens: Math.round((bytes * tokensPer100Bytes) / 100), completion_tokens: 3 };
}

if (process.argv[1] === import.meta.filename && process.argv[2] === 'serve') serve();
