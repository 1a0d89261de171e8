import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { seeded, temporaryFolder } from '../support/engine.ts';
import { replayRecords } from '../unit/replay/support.ts';

/** `npm run test:faults` kills 50 times; `npm test` takes a sample. */
const KILLS = Number(process.env.FAULT_KILLS ?? 4);

const ARGS = [
  'replay',
  '--symbol',
  'GOOG',
  '--symbol',
  'FB',
  '--symbol',
  'IBM',
  '--from',
  '2011-06-01',
  '--step',
  '24',
];

/** Runs the replay in a process of its own; killed once it has told of `after` windows more, and some moments later. */
function replay(dataDir: string, kill: { after: number; moreMs: number } | null): Promise<{ ended: boolean }> {
  const args = ['electron/hosts/cli/brainnet.js', ...ARGS, '--json', '--data-dir', dataDir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const seen = { ended: false, first: -1 };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line);
    if (event.type === 'end') seen.ended = event.replay.status === 'done';
    if (event.type !== 'progress' || !kill) return;
    if (seen.first < 0) seen.first = event.done;
    if (event.done - seen.first >= kill.after) setTimeout(() => child.kill('SIGKILL'), kill.moreMs);
  });
  return new Promise((resolve) => child.on('close', () => resolve(seen)));
}

it(`a replay killed ${KILLS} times with SIGKILL and started again is the same, record by record, as one that was not`, async () => {
  const [killed, whole] = [temporaryFolder('replay-killed'), temporaryFolder('replay-whole')];
  const random = seeded(3);
  let cutShort = 0;
  for (let i = 0; i < KILLS; i++) {
    const { ended } = await replay(killed, { after: Math.floor(random() * (60 / KILLS)), moreMs: random() * 30 });
    if (!ended) cutShort += 1;
  }
  expect((await replay(killed, null)).ended).toBe(true);
  expect((await replay(whole, null)).ended).toBe(true);
  expect(cutShort).toBeGreaterThan(1);
  const records = replayRecords(whole);
  expect(records.decisions!.length).toBeGreaterThan(40);
  expect(replayRecords(killed)).toEqual(records);
}, 1_200_000);
