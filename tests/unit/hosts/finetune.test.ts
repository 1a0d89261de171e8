import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';

let dataDir: string;
const finetune = (...args: string[]) => runCli(['finetune', ...args, '--json', '--data-dir', dataDir]);
beforeAll(() => {
  dataDir = temporaryFolder('finetune-cli');
});

describe('brainnet finetune', () => {
  it.each([
    [[], 'name symbols'],
    [['AAPL'], 'too many arguments'],
    [['--symbol', 'AAPL', '--seed', 'x'], 'whole number'],
    [['use', 'latest'], 'neither'],
  ])('%j is wrong usage', async (args, said) => {
    const { code, lines } = await finetune(...args);
    expect([code, JSON.stringify(lines())]).toEqual([2, expect.stringContaining(said)]);
  });

  it('lists the shipped heads as those in force, and has nothing to roll back to', async () => {
    const list = await finetune('list');
    expect(list.code).toBe(0);
    expect(list.lines()).toEqual([
      { type: 'heads', inForce: null, problem: null, before: null, versions: [], unusable: [] },
    ]);
    const back = await finetune('rollback');
    expect([back.code, JSON.stringify(back.lines())]).toEqual([1, expect.stringContaining('nothing to roll back to')]);
    const unknown = await finetune('use', 'h-20200101-00000000');
    expect([unknown.code, unknown.lines()[0]]).toMatchObject([1, { error: { code: 'UNKNOWN_HEADS' } }]);
  });

  it('says how much is missing where bars are too few, and leaves nothing behind', async () => {
    const { code, lines } = await finetune('--symbol', 'FB', '--symbol', 'NOSUCH');
    expect(code).toBe(1);
    expect(lines().at(-1)).toMatchObject({ type: 'error', error: { code: 'TOO_FEW_WINDOWS', details: { need: 10 } } });
    expect(readdirSync(dataDir)).not.toContain('heads');
  });

  it('names a symbol that no source has', async () => {
    const { code, lines } = await finetune('--symbol', 'NOSUCH');
    expect([code, lines().at(-1)]).toMatchObject([1, { error: { code: 'UNKNOWN_SYMBOL' } }]);
  });
});
