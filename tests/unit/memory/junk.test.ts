import { beforeAll, describe, expect, it } from 'vitest';
import { createMemory, type Memory, type Picture } from '../../../electron/engine/memory/index.ts';
import type { NewMemory } from '../../../shared/domain/index.ts';
import { seeded } from '../../support/engine.ts';
import { DAY, openJournal, pictureOf, projection, setup, vector } from './support.ts';

const NOW = 1000 * DAY;
const QUERY = 'AAPL earnings gap faded volume';
const RELEVANT = 'After an earnings gap AAPL faded within three sessions whenever volume dried up';
const OFTEN = 3000;

const random = seeded(11);
const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
const shuffled = (words: readonly string[]) => [...words].sort(() => random() - 0.5);
const letters = () => Array.from({ length: 6 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
const note = (text: string, part: Partial<NewMemory> = {}): NewMemory => ({ kind: 'note', text, ...part });
const decisionOf = (n: number) => `d-00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** The words of the query over and over, in any order, each time with a word of its own and a number. */
const stuffed = (n: number) => {
  const times = 2 + Math.floor(random() * 5);
  return note(`${shuffled(Array(times).fill(QUERY.split(' ')).flat()).join(' ')} ${letters()} ${n}`);
};
/** The query word for word, with a number. */
const repeated = (n: number) => note(`${QUERY} ${n}`, { symbol: 'AAPL' });
/** Some words of the query among others that mean nothing. */
const salad = (n: number) =>
  note(
    `${shuffled([...shuffled(QUERY.split(' ')).slice(0, 3), ...Array.from({ length: 9 }, letters)]).join(' ')} ${n}`,
  );

describe('10,000 memories that repeat the words of a query', () => {
  let memory: Memory;
  beforeAll(() => {
    memory = createMemory({
      database: openJournal(),
      projection: () => projection,
      clock: { now: () => NOW },
      onFault: (error) => expect(error).toBeNull(),
    });
    const pictures = Array.from({ length: 40 }, (_, n) =>
      setup({ decisionId: decisionOf(n), embedding: vector(100 + n) }),
    );
    memory.setups.addSetups(pictures);
    const junk = Array.from({ length: OFTEN }, (_, n) => [stuffed(n), repeated(n), salad(n)]).flat();
    const pinned = Array.from({ length: 1000 }, (_, n) =>
      note(stuffed(n).text, { decisionId: decisionOf(1 + (n % 39)), symbol: one(['AAPL', 'IBM']) }),
    );
    memory.records.addAll(junk.slice(0, OFTEN));
    memory.records.add(note(RELEVANT, { symbol: 'AAPL', decisionId: decisionOf(0) }));
    memory.records.addAll([...junk.slice(OFTEN), ...pinned]);
  });

  const found = async (query: { text?: string; picture?: Picture }) =>
    (await memory.records.search({ ...query, asOf: NOW, limit: 10 })).map(({ memory }) => memory.text);
  const like = () => pictureOf(vector(100));

  it('do not push a relevant one out of the first ten by its words', async () => {
    expect(await found({ text: QUERY })).toContain(RELEVANT);
    expect(await found({ text: 'earnings gap AAPL' })).toContain(RELEVANT);
  });

  it('nor by words and picture together, nor by picture alone', async () => {
    expect((await found({ text: QUERY, picture: like() })).slice(0, 3)).toContain(RELEVANT);
    expect((await found({ picture: like() }))[0]).toBe(RELEVANT);
  });

  it('stand in one place, with how many they are', async () => {
    const all = await memory.records.search({ text: QUERY, asOf: NOW, limit: 10 });
    const loud = all.filter(({ memory: { text } }) => text.startsWith(QUERY));
    expect(loud).toHaveLength(1);
    expect(loud[0]!.alike).toBeGreaterThan(1000);
  });
});
