import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenAiLlm } from '../../../../electron/engine/llm/openai/index.ts';
import { type FakeLlmServer, type LlmFaults, startFakeLlm } from '../../../support/fake-llm-server.ts';

let server: FakeLlmServer;
beforeAll(async () => {
  server = await startFakeLlm();
});
afterAll(() => server.stop());

const opened = (key?: string) =>
  createOpenAiLlm({ address: server.address, model: null, key, retries: { tries: 1, firstMs: 1 } });

/** What is told of a server that does wrong as soon as it is asked. */
async function told(faults: LlmFaults, key?: string): Promise<string> {
  await server.set(faults);
  return opened(key).then(
    () => 'it answered',
    (error: Error) => error.message.replaceAll(server.address, 'HERE'),
  );
}
const stream = (error: unknown, event = '') => ({ raw: `${event}data: ${JSON.stringify({ error })}\n\n` });
const OF_LM_STUDIO =
  'The number of tokens to keep from the initial prompt is greater than the context length. Try to load the model with a larger context length, or provide a shorter input';

describe('what a server says in its stream, or with status 200, is told as if it had a status', () => {
  it.each<[string, LlmFaults, RegExp]>([
    ['no memory', stream({ message: 'model requires more system memory' }, 'event: error\n'), /error: model requires/],
    ['a text alone', stream('model requires more system memory'), /an error: model requires more system memory\.$/],
    ['a context too short', stream({ message: OF_LM_STUDIO }), /the request is longer than .* at HERE\/v1 can read\.$/],
    [
      'a status as its code',
      stream({ message: 'out of memory', code: 500 }),
      /HERE\/v1 answered 500: out of memory\.$/,
    ],
    ['too many requests', stream({ message: 'slow down', code: 429 }), /too many requests; wait a few minutes/],
    ['a key', stream({ message: 'no', code: '401' }), /wants a key/],
    [
      'an error as vLLM wrote it once',
      { raw: 'data: {"object":"error","message":"out of memory","code":500}\n\ndata: [DONE]\n\n' },
      /answered 500: out of memory\.$/,
    ],
    [
      'a whole answer',
      { wholeError: 'model is still loading' },
      /HERE\/v1 answered with an error: model is still loading\.$/,
    ],
  ])('%s', async (_, faults, sentence) => {
    expect(await told(faults)).toMatch(sentence);
  });

  it('and not the key in it', async () => {
    expect(await told(stream({ message: 'no money left on sk-very-secret' }), 'sk-very-secret')).toMatch(
      /left on \*\*\*\.$/,
    );
  });
});

describe('a refusal is told in words that can be acted on', () => {
  it('a key that is missing is another thing than a wrong one', async () => {
    expect(await told({ key: 'right' })).toBe(
      'The language model at HERE/v1 wants a key; set LLM_API_KEY in the environment.',
    );
    expect(await told({ key: 'right' }, 'wrong')).toMatch(/refused the key; check it \(LLM_API_KEY\)\.$/);
    const modelsAnswer = { status: 401, body: '{}' };
    expect(await told({ modelsAnswer })).toMatch(/wants a key/);
    expect(await told({ modelsAnswer }, 'wrong')).toMatch(/refused the key/);
  });

  it.each([
    ['30', /wait 30 seconds,/],
    ['3600', /wait 60 minutes,/],
    ['1000000000', /wait more than two days,/],
  ])('a wait of %s seconds', async (retryAfter, sentence) => {
    expect(await told({ status: 429, retryAfter })).toMatch(sentence);
  });

  it.each([
    ['<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>', /502 with a web page \(502 Bad Gateway\)\.$/],
    ['<!doctype html><title>Sign\n in</title><style>p{}</style>', /502 with a web page \(Sign in\)\.$/],
    ['<html><body>', /HERE\/v1 answered 502 with a web page\.$/],
  ])('a web page (%s) by its title alone', async (page, sentence) => {
    expect(await told({ status: 502, page })).toMatch(sentence);
  });
});

describe('a list of models', () => {
  const listed = (...data: unknown[]) => ({ modelsAnswer: { status: 200, body: JSON.stringify({ data }) } });

  it('loses only the entries that are none', async () => {
    await server.set(
      listed({ id: null }, 7, { id: '' }, { id: `phi-3.5-${'A'.repeat(3000)}` }, { id: 'phi-3.5-mini' }),
    );
    expect((await opened()).info.name).toBe('phi-3.5-mini');
  });

  it('is none where no entry is one, and empty where it says null', async () => {
    expect(await told(listed({ id: null }))).toMatch(/not a list of models/);
    expect(await told(listed({ id: 'phi-3.5-'.repeat(400_000) }))).toMatch(/not a list of models/);
    const none = { modelsAnswer: { status: 200, body: '{"object":"list","data":null}' } };
    expect(await told(none)).toMatch(
      /named Phi-3\.5; it has: none; load it there, or another and name that with OLLAMA_MODEL\.$/,
    );
  });
});
