import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pino from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import type { EmbeddedLlm } from '../../../../electron/engine/llm/embedded/index.ts';
import { sha256 } from '../../../../electron/engine/platform/index.ts';
import { templateModelFile, tinyModelFile } from '../../../support/tiny-model/index.ts';
import { MODELS, openModel } from './models.ts';

const MESSAGES = [{ role: 'user', content: 'Tell a long tale of a price.' }] as const;
const LONG = { maxTokens: 1500, temperature: 1, seed: 4 };
/** Bytes from one altered place of a file's head to the next; LLM_HEAD_STEP=23 takes more of them. */
const HEAD_STEP = Number(process.env.LLM_HEAD_STEP ?? 311);
const SHORT = { maxTokens: 4, temperature: 0 };

describe.each(MODELS)('$name', ({ file, missing }) => {
  let llm: EmbeddedLlm;
  afterEach(() => llm?.close());

  test.skipIf(missing)('an abort ends an answer between two tokens', async () => {
    llm = await openModel(file());
    const control = new AbortController();
    let tokens = 0;
    const onToken = () => {
      if (++tokens === 3) control.abort();
    };
    const asked = llm.generate(MESSAGES, { ...LONG, onToken, signal: control.signal });
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(tokens).toBe(3);
    await expect(llm.generate(MESSAGES, SHORT)).resolves.toMatchObject({ usage: { evaluatedTokens: 1 } });
    await expect(llm.generate(MESSAGES, { ...SHORT, signal: control.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  test.skipIf(missing || process.platform === 'win32')('an abort is answered while llama.cpp hangs', async () => {
    llm = await openModel(file());
    process.kill(llm.pid()!, 'SIGSTOP');
    const asked = llm.generate(MESSAGES, { ...LONG, signal: AbortSignal.timeout(50) });
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
    process.kill(llm.pid()!, 'SIGCONT');
    await expect(llm.generate(MESSAGES, SHORT)).resolves.toMatchObject({ finish: 'length' });
  });

  test.skipIf(missing)('a process that is killed costs its answers and no more', async () => {
    llm = await openModel(file());
    const before = llm.pid()!;
    const onToken = () => {
      if (llm.pid() === before) process.kill(before, 'SIGKILL');
    };
    const first = llm.generate(MESSAGES, { ...LONG, onToken });
    const second = llm.generate(MESSAGES, SHORT);
    for (const lost of [first, second])
      await expect(lost).rejects.toThrow(
        'The language model stopped (its process was ended by SIGKILL); nothing else was lost, and it is started again when it is next asked.',
      );
    expect(llm.loaded()).toBe(false);
    await expect(llm.generate(MESSAGES, SHORT)).resolves.toMatchObject({ finish: 'length' });
    expect(llm.pid()).not.toBe(before);
  });

  test.skipIf(missing)('it is unloaded when idle, and loaded again when asked', async () => {
    llm = await openModel(file(), { idleMs: 300 });
    const before = llm.pid();
    while (llm.loaded()) await setTimeout(20);
    expect(llm.pid()).toBeUndefined();
    await expect(llm.countTokens('price')).resolves.toBeGreaterThan(0);
    expect(llm.pid()).not.toBe(before);
  });
});

const ENDED =
  /^The language model (stopped|model\.gguf cannot be loaded) \([^()]+.*\); (nothing else was lost|name another)/;
const UNLOADABLE =
  /^The language model model\.gguf cannot be loaded \([^()]+.*\); name another with brainnet models use/;

test('what a library writes beside is in the log of who looks closer, not amid what the user reads', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const llm = await openModel(templateModelFile("{{ raise_exception('obey me') }}"), { log });
  await llm.close();
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: log.levels.values.info, text: expect.stringContaining('obey me') }),
  ]);
});

describe('a damaged file', () => {
  const good = readFileSync(tinyModelFile());
  const written = (bytes: Buffer) => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'brainnet-damaged-')), 'model.gguf');
    writeFileSync(file, bytes);
    return file;
  };

  test.each([3, 5000, good.length - 40])('cut after %i bytes is refused', async (bytes) => {
    const file = written(good);
    truncateSync(file, bytes);
    await expect(openModel(file)).rejects.toThrow(UNLOADABLE);
  });

  test('of an architecture that llama.cpp does not know is refused in its words, with the way on', async () => {
    const altered = Buffer.from(good);
    altered.write('phi9', altered.indexOf('phi3'));
    await expect(openModel(written(altered))).rejects.toMatchObject({
      code: 'LLM_UNLOADABLE',
      message:
        "The language model model.gguf cannot be loaded (unknown model architecture: 'phi9'); name another with brainnet models use, or set LLM_BACKEND to local and start LM Studio or Ollama.",
    });
  });

  test('with one byte of its weights altered is refused by its hash before it is read', async () => {
    const altered = Buffer.from(good);
    altered[good.length - 1000]! ^= 1;
    const file = written(altered);
    const refused = openModel(file, { sha256: sha256(good) });
    await expect(refused).rejects.toThrow('its file is not the one it should be, by its SHA-256');
    const llm = await openModel(written(good), { sha256: sha256(good) });
    expect(llm.info.sha256).toBe(sha256(good));
    await llm.close();
  });

  test('with its head altered anywhere ends in an answer or a sentence', async () => {
    for (let at = 4; at < 1600; at += HEAD_STEP) {
      const altered = Buffer.from(good);
      altered[at]! ^= 0xff;
      const outcome = await openModel(written(altered), { loadLimitMs: 20_000 }).then(
        async (llm) => llm.generate(MESSAGES, SHORT).finally(() => llm.close()),
        (error: unknown) => error,
      );
      const said = outcome instanceof Error ? outcome.message : outcome;
      if (typeof said === 'string') expect(said).toMatch(ENDED);
      else expect(said).toMatchObject({ finish: expect.any(String) });
    }
  });

  test('is refused where there is none', async () => {
    await expect(openModel('/nowhere/model.gguf')).rejects.toThrow(UNLOADABLE);
  });
});
