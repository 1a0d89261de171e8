import { inspect } from 'node:util';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createOpenAiLlm, type OpenAiOptions } from '../../../../electron/engine/llm/openai/index.ts';
import type { Llm } from '../../../../electron/engine/llm/types.ts';
import { type BrainnetError, toErrorData } from '../../../../shared/errors.ts';
import { type FakeLlmServer, type LlmFaults, startFakeLlm } from '../../../support/fake-llm-server.ts';

const KEY = 'sk-very-secret-0123456789';
const Opinion = z.object({ action: z.enum(['long', 'hold']), because: z.string().max(80) });
const ASK = [{ role: 'user' as const, content: 'What now?' }];
const SHORT = { firstMs: 300, stallMs: 300, totalMs: 1500 };
const plain = { maxTokens: 60, temperature: 0 };

let server: FakeLlmServer;
beforeAll(async () => {
  server = await startFakeLlm();
});
afterAll(() => server.stop());

/** A language model at a good server, which then begins to do wrong. */
async function llmAt(faults: LlmFaults = {}, more: Partial<OpenAiOptions> = {}, before: LlmFaults = {}): Promise<Llm> {
  await server.set(before);
  const llm = await createOpenAiLlm({
    ...{ address: server.address, model: null, retries: { tries: 3, firstMs: 1 } },
    ...more,
  });
  await server.set(faults);
  return llm;
}

const errorOf = (work: Promise<unknown>): Promise<BrainnetError> =>
  work.then(
    () => Promise.reject(new Error('it answered')),
    (error) => error,
  );

describe('a server that speaks the protocol', () => {
  it('answers, piece by piece, with what it counted', async () => {
    const llm = await llmAt({ answers: ['Prices rise, in a steady trend.'] });
    const pieces: string[] = [];
    const answer = await llm.generate(ASK, { ...plain, seed: 5, onToken: (text) => pieces.push(text) });
    expect(answer).toMatchObject({
      ...{ text: 'Prices rise, in a steady trend.', value: null, finish: 'stop', cut: null, repaired: false },
      usage: { promptTokens: 40, reusedTokens: 30, evaluatedTokens: 10, generatedTokens: 4 },
    });
    expect(pieces.join('')).toBe(answer.text);
    expect(pieces.length).toBe(4);
    const { url, body } = (await server.asked())[0]!;
    expect(url).toBe('/v1/chat/completions');
    expect(body).toMatchObject({
      model: 'phi-3.5-mini-instruct',
      messages: ASK,
      max_tokens: 60,
      temperature: 0,
      seed: 5,
    });
    expect(llm.info).toMatchObject({
      ...{ backend: 'openai', name: 'phi-3.5-mini-instruct', tokenProbabilities: true, contextTokens: 31_000 },
      ...{ device: `${server.address}/v1`, vision: false, note: null },
    });
  });

  it('answers in JSON of the schema, which it is told', async () => {
    const llm = await llmAt({ answers: ['{"action":"hold","because":"no trend"}'] });
    const { value, repaired } = await llm.generate(ASK, { ...plain, schema: Opinion });
    expect(value).toEqual({ action: 'hold', because: 'no trend' });
    expect(repaired).toBe(false);
    const format = (await server.asked())[0]!.body.response_format;
    expect(format).toMatchObject({
      type: 'json_schema',
      json_schema: {
        schema: { type: 'object', properties: { action: { enum: ['long', 'hold'] } }, required: ['action', 'because'] },
      },
    });
  });

  it.each<[string[], (string | undefined)[]]>([
    [['json_schema'], ['json_schema', 'json_object']],
    [
      ['json_schema', 'json_object'],
      ['json_schema', 'json_object', undefined],
    ],
  ])('that does not know %j is told the schema in words', async (refuses, forms) => {
    const llm = await llmAt({ refuses, answers: ['Sure:\n```json\n{"action":"long","because":"a trend"}\n```'] });
    for (const expected of [forms, forms.slice(-1)]) {
      const { value } = await llm.generate(ASK, { ...plain, schema: Opinion });
      expect(value).toEqual({ action: 'long', because: 'a trend' });
      const asked = await server.asked();
      expect(asked.map(({ body }) => (body.response_format as { type: string } | undefined)?.type)).toEqual(expected);
      expect(String(asked.at(-1)!.body.messages!.at(-1)!.content)).toContain('"enum":["long","hold"]');
    }
  });

  it('is asked once more where its JSON is wrong, and not a third time', async () => {
    const llm = await llmAt({ answers: ['{"action":"sell everything"}', '{"action":"long","because":"now right"}'] });
    const answer = await llm.generate(ASK, { ...plain, schema: Opinion });
    expect(answer).toMatchObject({ repaired: true, value: { action: 'long', because: 'now right' } });
    expect(answer.usage.promptTokens).toBe(80);
    const asked = await server.asked();
    expect(asked).toHaveLength(2);
    expect(asked[1]!.body.messages).toMatchObject([
      ASK[0],
      { role: 'assistant', content: '{"action":"sell everything"}' },
      { role: 'user', content: expect.stringMatching(/^That cannot be used: action is not as asked/) },
    ]);
    await server.set({ answers: ['I would rather not'] });
    const error = await errorOf(llm.generate(ASK, { ...plain, schema: Opinion }));
    expect(error.code).toBe('LLM_ANSWER_BAD');
    expect(await server.asked()).toHaveLength(2);
  });

  it('tells probabilities over the whole softmax, with and without the space before a word', async () => {
    const llm = await llmAt();
    const { probabilities } = await llm.probabilities(ASK, ['True', 'False', 'Never']);
    expect(probabilities.True).toBeCloseTo(0.7, 10);
    expect(probabilities.False).toBeCloseTo(0.25, 10);
    expect(probabilities.Never).toBe(0);
    expect((await server.asked())[0]!.body).toMatchObject({ logprobs: true, max_tokens: 1, temperature: 1 });
  });

  it.each<LlmFaults>([{ top: null }, { refuses: ['logprobs'] }])('says where it cannot: %j', async (before) => {
    const llm = await llmAt({}, {}, before);
    expect(llm.info).toMatchObject({ tokenProbabilities: false, note: expect.stringMatching(/stated figure/) });
    expect((await errorOf(llm.probabilities(ASK, ['True']))).code).toBe('LLM_NO_PROBABILITIES');
    expect(await server.asked()).toEqual([]);
  });

  it('is shown a picture as a data URL where the user says that it sees, and says so where it does not', async () => {
    const png = Uint8Array.of(137, 80, 78, 71);
    const seeing = await llmAt({}, { vision: true });
    expect((await seeing.generateWithImage('What is this?', png, plain)).text).toBe('True');
    expect((await server.asked())[0]!.body.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==' } },
        ],
      },
    ]);
    await server.set({ refuses: ['image_url'] });
    const error = await errorOf(seeing.generateWithImage('What is this?', png, plain));
    expect(error.message).toMatch(/phi-3\.5-mini-instruct cannot read pictures; it is given text instead/);
    expect(seeing.info.vision).toBe(false);
    const blind = await llmAt();
    expect((await errorOf(blind.generateWithImage('?', png, plain))).code).toBe('LLM_NO_VISION');
    expect(await server.asked()).toEqual([]);
  });

  it('is shown a picture in a conversation, and answers in JSON', async () => {
    const llm = await llmAt({ answers: ['{"action":"hold","because":"no trend"}'] }, { vision: true });
    const messages = [
      { role: 'system' as const, content: 'Judge.' },
      { role: 'user' as const, content: 'What now?' },
    ];
    const { value } = await llm.generateWithImage(messages, Uint8Array.of(1), { ...plain, schema: Opinion });
    expect(value).toEqual({ action: 'hold', because: 'no trend' });
    const { messages: sent, response_format } = (await server.asked())[0]!.body;
    expect(sent).toMatchObject([
      { role: 'system', content: 'Judge.' },
      { content: [{ type: 'text' }, { type: 'image_url' }] },
    ]);
    expect(response_format).toMatchObject({ type: 'json_schema' });
  });

  it.each([
    [400, 'Model does not support images. Please use a model that does.'],
    [400, 'this model does not support image input'],
    [500, 'this model is missing data required for image input'],
    [500, 'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj'],
    [500, 'Failed to parse messages: Unsupported content part type: "image_url"; messages = ['],
    [400, 'Invalid content type. image_url is only supported by certain models.'],
    [400, 'microsoft/Phi-3.5-mini-instruct is not a multimodal model'],
    [404, 'No endpoints found that support image input'],
    [422, 'messages[1]: unknown variant `image_url`, expected `text`'],
  ])('that says %i "%s" has no eyes, and is not asked again', async (status, message) => {
    const llm = await llmAt({ status, message }, { vision: true });
    const error = await errorOf(llm.generateWithImage('?', Uint8Array.of(1), plain));
    expect(error.code).toBe('LLM_NO_VISION');
    expect(await server.asked()).toHaveLength(1);
    expect(llm.info.vision).toBe(false);
  });

  it('that says so in the middle of its stream has no eyes either', async () => {
    const raw =
      'event: error\ndata: {"error": {"message": "Model does not support images. Please use a model that does."}}\n\n';
    const llm = await llmAt({ raw }, { vision: true });
    expect((await errorOf(llm.generateWithImage('?', Uint8Array.of(1), plain))).code).toBe('LLM_NO_VISION');
  });

  it.each([
    'messages content is required',
    'invalid image input',
    "'url' field must be a base64 encoded image.",
    'Invalid value: content_filter. The content was flagged.',
    'This model does not support images larger than 20 MB.',
    'You uploaded an unsupported image. Please make sure your image is valid.',
  ])('that refuses a picture with "%s" is told as it is, and keeps its eyes', async (message) => {
    const llm = await llmAt({ status: 400, message }, { vision: true });
    const error = await errorOf(llm.generateWithImage('?', Uint8Array.of(1), plain));
    expect(error).toMatchObject({
      code: 'LLM_ANSWER_BAD',
      message: expect.stringContaining(`answered 400: ${message}`),
    });
    expect(llm.info.vision).toBe(true);
  });

  it('is understood where it does not stream, or does not count', async () => {
    const whole = await llmAt({ noStream: true, answers: ['All at once'] });
    expect(await whole.generate(ASK, plain)).toMatchObject({ text: 'All at once', usage: { promptTokens: 40 } });
    const uncounted = await llmAt({}, {}, { refuses: ['stream_options'] });
    const { text, usage } = await uncounted.generate(ASK, plain);
    expect(text).toBe('True');
    expect(usage.promptTokens).toBeGreaterThan(0);
  });

  it('has no more room than it says, and the oldest memories go first', async () => {
    const llm = await llmAt({}, {}, { contextTokens: 1000 });
    expect(llm.info.contextTokens).toBe(1000);
    const long = 'word '.repeat(350);
    const messages = [
      { role: 'system' as const, content: 'Judge.' },
      { role: 'user' as const, content: `new ${long}`, droppable: 9 },
      { role: 'user' as const, content: `old ${long}`, droppable: 1 },
      { role: 'user' as const, content: `middle ${long}`, droppable: 5 },
      { role: 'user' as const, content: 'Now?' },
    ];
    const { cut, leftOut } = await llm.generate(messages, plain);
    expect(cut).toMatch(/^The oldest of 3 memories was left out/);
    expect(leftOut).toBe(1);
    const sent = (await server.asked())[0]!.body.messages!;
    expect(sent.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(
      String(sent[1]!.content)
        .replace(/(word )+/g, '')
        .split(/\s+/),
    ).toEqual(['new', 'middle', 'Now?']);
    const error = await errorOf(llm.generate([{ role: 'user', content: long.repeat(20) }], plain));
    expect(error.code).toBe('LLM_TOO_LONG');
  });
});

describe('a model at a server', () => {
  it.each([
    [['bge-small', 'Phi-3.5-mini-instruct-GGUF'], null, 'Phi-3.5-mini-instruct-GGUF'],
    [['phi3.5:latest', 'llama3'], null, 'phi3.5:latest'],
    [['llama3:latest'], 'llama3', 'llama3:latest'],
    [['Other-Model'], 'other-model', 'Other-Model'],
  ])('of %j, asked for %s, is %s', async (models, model, name) => {
    expect((await llmAt({}, { model }, { models })).info.name).toBe(name);
  });

  it.each([
    [
      ['llama3', 'qwen'],
      null,
      /has no language model named Phi-3\.5; it has: llama3, qwen; load it there, or name one of these with OLLAMA_MODEL\.$/,
    ],
    [
      [],
      'mine',
      /has no language model named mine; it has: none; load it there, or another and name that with OLLAMA_MODEL\.$/,
    ],
  ])('%j is none where %s is asked for', async (models, model, text) => {
    const error = await errorOf(llmAt({}, { model }, { models: models as string[] }));
    expect(error.code).toBe('LLM_UNKNOWN_MODEL');
    expect(error.message).toMatch(text);
  });

  it('is taken by its name where the server lists none', async () => {
    expect((await llmAt({}, { model: 'mine' }, { noModels: true })).info.name).toBe('mine');
  });
});

describe('a server that does wrong is told of in one sentence', () => {
  it('nobody listens', async () => {
    const error = await errorOf(createOpenAiLlm({ address: 'http://127.0.0.1:9', model: null }));
    expect(error.message).toBe(
      'The language model at http://127.0.0.1:9/v1 cannot be reached (it refuses the connection; is the server running?); start it, or set LLM_BACKEND to embedded.',
    );
  });

  it.each<[string, LlmFaults, string, RegExp]>([
    ['a web page', { html: true }, 'LLM_ANSWER_BAD', /answered with a web page/],
    [
      'half an answer',
      { answers: ['half of an answer'], breakAfter: 1 },
      'LLM_UNREACHABLE',
      /the connection broke off/,
    ],
    [
      'a stream that just ends',
      { answers: ['half of it, no'], breakAfter: 1, cleanBreak: true },
      'LLM_ANSWER_BAD',
      /broke off in the middle/,
    ],
    ['no JSON', { raw: 'data: {"choices": [\n\n' }, 'LLM_ANSWER_BAD', /not of the protocol/],
    ['JSON of another kind', { raw: 'data: {"choices": 7}\n\n' }, 'LLM_ANSWER_BAD', /not of the protocol/],
    ['nothing', { raw: '' }, 'LLM_ANSWER_BAD', /broke off in the middle/],
    [
      'an error in the stream',
      { raw: 'data: {"error": {"message": "out of memory"}}\n\n' },
      'LLM_ANSWER_BAD',
      /answered with an error: out of memory/,
    ],
    ['no answer in time', { waitMs: 1000 }, 'LLM_UNREACHABLE', /it did not answer within 1 seconds/],
    ['a stop in the middle', { answers: ['one and two'], dripMs: 1000 }, 'LLM_UNREACHABLE', /it stopped for 1 seconds/],
    ['a slow drip', { endless: true, dripMs: 100 }, 'LLM_UNREACHABLE', /did not end its answer within 2 seconds/],
    ['a filter', { finish: 'content_filter' }, 'LLM_ANSWER_BAD', /withheld/],
    [
      'an unknown model',
      { status: 404, message: 'model "x" not found' },
      'LLM_UNKNOWN_MODEL',
      /no language model named/,
    ],
    [
      'a request too long',
      { status: 400, message: 'exceeds the context length of 4096' },
      'LLM_ANSWER_BAD',
      /longer than .* can read/,
    ],
    ['a redirect', { status: 302 }, 'LLM_ANSWER_BAD', /sends elsewhere \(302\)/],
    [
      'a refusal',
      { status: 418, message: 'I am\u001b[31m a teapot' },
      'LLM_ANSWER_BAD',
      /answered 418: I am \[31m a teapot/,
    ],
  ])('%s', async (_, faults, code, sentence) => {
    const llm = await llmAt(faults, { limits: SHORT });
    const error = await errorOf(llm.generate(ASK, plain));
    expect(error).toMatchObject({ code, message: expect.stringMatching(sentence) });
    expect(await server.asked()).toHaveLength(1);
  });

  it.each([429, 500, 503])('%i passes over two times, with the same request', async (status) => {
    const llm = await llmAt({ status, times: 2 });
    expect((await llm.generate(ASK, plain)).text).toBe('True');
    expect(await server.asked()).toHaveLength(3);
  });

  it('too many requests, again and again', async () => {
    const llm = await llmAt({ status: 429, retryAfter: '0' });
    expect((await errorOf(llm.generate(ASK, plain))).code).toBe('LLM_LIMITED');
    expect(await server.asked()).toHaveLength(3);
    await server.set({ status: 429, retryAfter: '3600' });
    expect((await errorOf(llm.generate(ASK, plain))).message).toMatch(/wait 60 minutes/);
    expect(await server.asked()).toHaveLength(1);
  });

  it.each([400, 401, 403, 404, 422])('%i is not tried again', async (status) => {
    const llm = await llmAt({ status });
    await errorOf(llm.generate(ASK, plain));
    expect(await server.asked()).toHaveLength(1);
  });

  it('a list of models that is a web page', async () => {
    expect((await errorOf(llmAt({}, {}, { modelsHtml: true }))).message).toMatch(/answered with a web page/);
  });

  it('an answer without end is cut to what was asked for', async () => {
    const llm = await llmAt({ endless: true, answers: ['and so on'] });
    const { text, finish } = await llm.generate(ASK, { ...plain, maxTokens: 10 });
    expect(finish).toBe('length');
    expect(text.length).toBeLessThanOrEqual(600);
  });
});

describe('whoever asks', () => {
  it('can leave at any time, and nothing is answered after close', async () => {
    const llm = await llmAt({ endless: true, dripMs: 5 });
    const abort = new AbortController();
    const asked = llm.generate(ASK, {
      maxTokens: 10_000,
      temperature: 0,
      signal: abort.signal,
      onToken: () => abort.abort(),
    });
    expect((await errorOf(asked)).code).toBe('CANCELLED');
    await llm.close();
    expect((await errorOf(llm.generate(ASK, plain))).code).toBe('MODEL_CLOSED');
  });
});

describe('the key', () => {
  it('goes to the server, with nothing about this machine, and into no error, log or answer', async () => {
    const env = {
      OPENAI_API_KEY: 'sk-of-another',
      OPENAI_ORG_ID: 'org-mine',
      OPENAI_CUSTOM_HEADERS: 'x-mine: 1',
      OPENAI_LOG: 'debug',
    };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const spies = (['log', 'info', 'debug', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const llm = await llmAt({}, { key: KEY }, { key: KEY });
    const answer = await llm.generate(ASK, plain);
    const { headers } = (await server.asked())[0]!;
    expect(headers.authorization).toBe(`Bearer ${KEY}`);
    expect(Object.keys(headers).sort()).toEqual(
      ['accept', 'authorization', 'connection', 'content-length', 'content-type', 'host', 'user-agent'].filter(
        (name) => name in headers,
      ),
    );
    expect(headers['user-agent']).toBe('brainnet');
    const shown: unknown[] = [answer, llm.info, llm];
    for (const faults of [
      { key: 'other' },
      { status: 400 },
      { status: 500 },
      { status: 429 },
      { raw: `data: ${KEY}\n\n` },
    ]) {
      await server.set(faults);
      const error = await errorOf(llm.generate(ASK, plain));
      log.error({ err: error }, 'unexpected');
      shown.push(error, toErrorData(error), error.stack, error.cause);
    }
    expect(shown.map((value) => inspect(value, { depth: 12, showHidden: true })).join('\n')).not.toContain(KEY);
    expect(lines.join('')).not.toContain(KEY);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('that is wrong is said without it', async () => {
    await server.set({ key: 'right' });
    const error = await errorOf(createOpenAiLlm({ address: server.address, model: null, key: KEY }));
    expect(error.message).toBe(`The language model at ${server.address}/v1 refused the key; check it (LLM_API_KEY).`);
  });
});
