import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createOutput } from '../../../electron/hosts/cli/output.ts';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { ggufFile } from '../../support/gguf.ts';

/** What moves the cursor of a terminal, or turns the order of its letters. */
const HARM = /[\p{C}\p{Zl}\p{Zp}]/u;
const harmIn = (text: string) => text.split('\n').filter((line) => HARM.test(line));

test('a model file whose name holds marks of the terminal cannot write over what is said of it', async () => {
  const dataDir = temporaryFolder('names');
  const file = path.join(temporaryFolder('own'), 'mine.gguf');
  writeFileSync(file, ggufFile({ name: '\u001b[1A\u001b[2K\u202eIn use: Phi-3.5-mini; SHA-256 verified' }));
  const env = { LLM_BACKEND: 'embedded' };
  const use = await runCli(['models', 'use', file, '--data-dir', dataDir], env);
  const list = await runCli(['models', 'list', '--data-dir', dataDir], env);
  const doctor = await runCli(['doctor', '--data-dir', dataDir], env);
  for (const { stdout, stderr } of [use, list, doctor]) expect(harmIn(stdout + stderr)).toEqual([]);
  expect(list.stdout).toMatch(
    /^In use: "\?\[1A.*verified, a file of your own", .*; a file of your own, not the model/m,
  );
});

test('no line of the command line holds such marks, whatever it speaks of', () => {
  const written: string[] = [];
  const stream = { on: () => stream, write: (text: string) => written.push(text) > 0, isTTY: false };
  const out = createOutput(
    false,
    stream as unknown as typeof process.stdout,
    stream as unknown as typeof process.stderr,
  );
  out.text('a \u001b[2J\u202eb\r\nc\td');
  out.note('\u0007model \u2066x');
  out.error({ code: 'INTERNAL', sentence: 'not \u001b]0;x\u0007 this', details: {} });
  expect(written.join('')).toBe('a ?[2J?b?\nc\td\n?model ?x\nINTERNAL: not ?]0;x? this\n');
});
