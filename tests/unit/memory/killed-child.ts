import { createMemory } from '../../../electron/engine/memory/index.ts';
import { openJournal, projection, setup, vector } from './support.ts';

/** Writes memories and setups until it is killed, and says each one's id once it is stored. */
const [dir, from] = process.argv.slice(2) as [string, string];
const database = openJournal(dir);
const memory = createMemory({ database, projection: () => projection, clock: { now: Date.now }, onFault: () => {} });
for (let n = Number(from); ; n++) {
  const id = memory.records.add({ kind: 'note', text: `note number ${n} of a run that is killed` });
  process.stdout.write(`note ${id}\n`);
  database.transaction(() => {
    memory.setups.addSetups([setup({ decisionId: `d-${n}`, knownAt: n * 60_000, embedding: vector(n % 7) })]);
    memory.setups.resolve(`d-${n}`, { knownAt: n * 60_000 + 1, longWon: true, shortWon: false, longReturn: 0.1 });
  })();
  process.stdout.write(`setup d-${n}\n`);
}
