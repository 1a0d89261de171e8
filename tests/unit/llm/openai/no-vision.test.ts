import { describe, expect, it } from 'vitest';
import { createOpenAiLlm } from '../../../../electron/engine/llm/openai/index.ts';
import type { Llm } from '../../../../electron/engine/llm/types.ts';
import type { WebFetch } from '../../../../electron/engine/llm/web-fetch.ts';

const ASK = { maxTokens: 60, temperature: 0 };
const PICTURE = Uint8Array.of(137, 80, 78, 71);
const json = (status: number, body: unknown) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    ...{ status, headers: { 'content-type': 'application/json' } },
  });
const answer = { choices: [{ index: 0, message: { content: 'True' }, finish_reason: 'stop' }] };

/** A model of a server that answers a conversation with this refusal, or only one with a picture in it. */
async function llmAt(status: number, body: unknown, ifPicture = true): Promise<Llm> {
  let connected = false;
  const fetch: WebFetch = async (address, init) => {
    if (String(address).endsWith('/models')) return json(200, { data: [{ id: 'phi-3.5-mini-instruct' }] });
    const isRefused = connected && (!ifPicture || String(init?.body).includes('image_url'));
    return isRefused ? json(status, body) : json(200, answer);
  };
  const retries = { tries: 1, firstMs: 1 };
  const llm = await createOpenAiLlm({ address: 'http://127.0.0.1:9', model: null, vision: true, fetch, retries });
  connected = true;
  return llm;
}

const shown = (llm: Llm) => llm.generateWithImage('?', PICTURE, ASK);
const fastApi = (...detail: { loc: (string | number)[]; msg: string }[]) => ({
  detail: detail.map((each) => ({ type: 'string_type', ...each, input: 'as it was sent' })),
});
const CONTENT = { loc: ['body', 'messages', 1, 'content'], msg: 'Input should be a valid string' };

describe('a server whose model reads text only', () => {
  it.each<[string, number, unknown]>([
    ['mlx-lm', 404, { error: "Only 'text' content type is supported." }],
    ['mlx-lm, in plain text', 404, "Only 'text' content type is supported."],
    ['FastAPI, whose messages hold a text', 422, fastApi(CONTENT)],
    ['FastAPI with an older pydantic', 422, fastApi({ ...CONTENT, msg: 'str type expected' })],
    ['what passes pydantic on', 400, { error: { message: 'body.messages.1.content: Input should be a valid string' } }],
    [
      'what passes pydantic on as Python writes it',
      400,
      {
        error: {
          message:
            "[{'type': 'string_type', 'loc': ('body', 'messages', 1, 'content'), 'msg': 'Input should be a valid string'}]",
        },
      },
    ],
    ['an older vLLM', 400, { object: 'error', message: 'microsoft/Phi-3.5-mini-instruct is not a multimodal model' }],
  ])('%s: has no eyes, and reads on', async (_, status, body) => {
    const llm = await llmAt(status, body);
    await expect(shown(llm)).rejects.toMatchObject({ code: 'LLM_NO_VISION' });
    expect(llm.info.vision).toBe(false);
    expect((await llm.generate([{ role: 'user', content: '?' }], ASK)).text).toBe('True');
  });

  const Python = "'loc': ('body', 'response_format', 'content'), 'msg': 'Input should be a valid string'";
  it.each<[string, number, unknown, RegExp]>([
    ['another field', 422, fastApi({ ...CONTENT, loc: ['body', 'model'] }), /"model"\],"msg":"Input should be/],
    ['a field of another name', 422, { error: { message: Python } }, /response_format/],
    ['a part of the content', 422, fastApi({ ...CONTENT, loc: [...CONTENT.loc, 1, 'image_url', 'url'] }), /image_url/],
    [
      'a content that may have parts',
      422,
      fastApi(
        { ...CONTENT, loc: [...CONTENT.loc, 'str'] },
        { loc: [...CONTENT.loc, 'list[Part]', 1, 'image_url'], msg: 'Input should be a valid dictionary' },
      ),
      /"content","str"\]/,
    ],
    ['a text that is missing', 422, fastApi({ ...CONTENT, msg: 'Field required' }), /Field required/],
    ['a fault of its own', 500, { error: 'messages.1.content: Input should be a valid string' }, /answered 500/],
  ])(
    'is not meant by a refusal of %s',
    async (_, status, body, sentence) => {
      const llm = await llmAt(status, body);
      await expect(shown(llm)).rejects.toMatchObject({
        code: 'LLM_ANSWER_BAD',
        message: expect.stringMatching(sentence),
      });
      expect(llm.info.vision).toBe(true);
    },
    20_000,
  );

  it('is not found out where no picture was sent', async () => {
    const llm = await llmAt(422, fastApi(CONTENT), false);
    const asked = llm.generate([{ role: 'user', content: '?' }], ASK);
    await expect(asked).rejects.toMatchObject({ code: 'LLM_ANSWER_BAD' });
    expect(llm.info.vision).toBe(true);
  });
});
