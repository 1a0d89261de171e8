import path from 'node:path';
import { expect, it } from 'vitest';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';

it('a trade is logged while it is open and pending, closed, taken back and brought back on the command line', async () => {
  const dataDir = path.join(temporaryFolder('trades'), 'data');
  const cli = (...args: string[]) => runCli([...args, '--data-dir', dataDir], { BRAINNET_LOG: 'silent' });
  const idOf = async () => {
    const [line] = (await cli('knowledge', 'trades', '--json')).lines();
    return (line as { trade?: { id: string } }).trade?.id ?? '';
  };
  const trade = ['--symbol', 'AAPL', '--side', 'long', '--entry', '100'];
  expect((await cli('knowledge', 'trades')).stdout).toBe('No trade is logged; knowledge log-outcome logs one.\n');
  expect((await cli('knowledge', 'log-outcome', ...trade)).stdout).toMatch(/still open\. It is pending until/);
  expect((await cli('knowledge', 'trades')).stdout).toMatch(/AAPL +long +100 +- +pending/);
  const half = await cli('knowledge', 'amend-outcome', await idOf(), ...trade, '--exit', '110');
  expect([half.code, half.stderr]).toEqual([1, expect.stringMatching(/has an exit and a result/)]);
  await cli('knowledge', 'amend-outcome', await idOf(), ...trade, '--exit', '110', '--pnl', '9.5');
  expect((await cli('knowledge', 'trades')).stdout).toMatch(/AAPL +long +100 +110 +9\.5/);
  const id = await idOf();
  expect((await cli('memory', 'remove', id)).stdout).toBe(
    `Taken back: long AAPL from 100 to 110, result 9.5.\nmemory restore ${id} undoes it.\n`,
  );
  const twice = await cli('memory', 'remove', id);
  expect([twice.code, twice.stdout]).toEqual([1, '']);
  expect(twice.stderr).toMatch(new RegExp(`^INVALID_INPUT: .*${id} was taken back already, on `));
  expect(await idOf()).toBe('');
  await cli('memory', 'restore', id);
  expect(await idOf()).toBe(id);
});
