import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../shared/domain/index.ts';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { openJournalDatabase, storeDecisions, storedDecision } from '../../support/journal.ts';
import { storeSettled } from '../decision/support.ts';

const window = (date: string) => ({ ...storedDecision().window, end: `${date}T00:00:00.000Z` });

describe('outcomes on the command line', () => {
  test('settle says what it settled, and decision, decisions and scorecard tell it from then on', async () => {
    const dataDir = temporaryFolder('outcomes');
    const due = storedDecision({ window: window('2012-12-31') });
    const gone = storedDecision({ window: window('2012-12-30') });
    const far = storedDecision({ source: 'yahoo', window: window('2012-12-31') });
    storeDecisions(dataDir, [due, gone, far]);
    const cli = (...args: string[]) => runCli([...args, '--data-dir', dataDir]);

    const ahead = await cli('decision', due.id, '--json');
    expect(ahead.lines()[0]).toMatchObject({ outcome: { state: 'pending', barsLeft: 0 } });
    expect((await cli('decision', gone.id)).stdout).toContain('Outcome: Lost: the bar of this decision is not in');
    expect((await cli('decision', far.id, '--json')).lines()[0]).toMatchObject({
      outcome: { state: 'pending', barsLeft: null, expected: null },
    });

    const report = await cli('outcomes', 'settle', '--json');
    expect([report.code, report.lines()]).toEqual([
      0,
      [{ type: 'settled', settled: 1, pending: 0, lost: 1, failed: [], waiting: 2 }],
    ]);
    const settled = await cli('decision', due.id);
    expect(settled.stdout).toMatch(
      /Outcome: (Win|Loss|Flat, which is not a win): .\d+\.\d\d % gross as a long; entry 2013-01-02 at /,
    );
    expect(settled.stdout).toContain('Track record: no similar setup that counts has a known outcome.');
    expect((await cli('decisions')).stdout).toMatch(/ (win|loss|flat) +d-/);
    const card = await cli('scorecard', '--as-of', '2012-12-31', '--json');
    expect(card.lines()[0]).toMatchObject({ type: 'scorecard', settled: 0, pending: 3 });
  });

  test('settle refuses a symbol that nothing is known of in one sentence, and takes one without pending decisions', async () => {
    const dataDir = temporaryFolder('outcomes');
    storeDecisions(dataDir, [storedDecision({ symbol: 'FARAWAY', source: 'yahoo' })]);
    const settle = (symbol: string) => runCli(['outcomes', 'settle', '--symbol', symbol, '--data-dir', dataDir]);
    const unknown = await settle('ZZZZ');
    expect([unknown.code, unknown.stdout]).toEqual([1, '']);
    expect(unknown.stderr.trim()).toMatch(/^.*ZZZZ is not in [^.]*\.$/);
    const none = await settle('???');
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('a symbol has 1 to 20 letters')]);
    expect((await settle('FARAWAY')).code).toBe(0);
    expect((await settle('IBM')).stdout).toContain('0 settled now; 0 pending, 0 lost');
  });

  test('a scorecard that rests on a language model says whether that was tested, late decisions apart', async () => {
    const dataDir = temporaryFolder('outcomes');
    const database = openJournalDatabase(dataDir);
    const opinion = { action: 'long' as const, confidence: 0.9, sentence: '' };
    const prompts = { research: 'b'.repeat(64), support: 'c'.repeat(64) };
    const part: Partial<Decision> = {
      judge: 'llm',
      opinions: { numeric: opinion, language: opinion, sentence: '', follows: null },
      language: { model: 'Phi' } as NonNullable<Decision['language']>,
      provenance: { ...storedDecision().provenance, modelHashes: { llm: 'd'.repeat(64) }, promptHashes: prompts },
    };
    storeSettled(database, 30, { p: 0.5, part });
    storeSettled(database, 12, {
      p: 0.5,
      seed: 6,
      part: { ...part, symbol: 'IBM', createdAt: '2026-01-01T00:00:00Z' },
    });
    const card = (...args: string[]) => runCli(['scorecard', '--judge', ...args, '--data-dir', dataDir]);
    expect((await card('numeric')).stdout).not.toContain('leakage');
    const untested = await card('combined');
    expect(untested.stdout).toContain(
      'Not tested for leakage: this model may remember these years (Phi, 30 decisions).',
    );
    expect(untested.stdout).toContain('42 settled, 0 pending; left out: 0 in sample, 12 decided late, 0 overlapping');
    expect(untested.stdout).toMatch(/\nLate: .+ closed.+no forecast; `replay` .+--origin replay.+--origin both.+\.\n/);
    const mixed = (await card('combined', '--origin', 'both')).stdout;
    expect(mixed).toMatch(/0 decided late.+\nCounted: 42, .+ 12 of them were decided late\.\nLate: .+ no forecast/);
    const language = { name: 'Phi', sha256: 'd'.repeat(64), prompts, promptVersions: {} };
    const body = { at: '2026-03-01T00:00:00.000Z', windows: 40, sentence: 'It decided otherwise on 3.', language };
    database.prepare('INSERT INTO leakage_tests (judge, body) VALUES (?, ?)').run('language', JSON.stringify(body));
    database.close();
    expect((await card('language')).stdout).toContain(
      'Tested for leakage on 2026-03-01 (Phi, 30 decisions). It decided otherwise on 3.',
    );
    expect((await card('combined', '--json')).lines()[0]).toMatchObject({
      ...{ late: 12, judge: 'combined' },
      models: [{ name: 'Phi', decisions: 30, leakage: { at: '2026-03-01T00:00:00.000Z', windows: 40 } }],
    });
  });

  test('the spread of P stands beside its calibration error, and live is never mixed with replay unasked', async () => {
    const dataDir = temporaryFolder('outcomes');
    const database = openJournalDatabase(dataDir);
    storeSettled(database, 60, { p: 0.5 });
    database.close();
    const text = (await runCli(['scorecard', '--data-dir', dataDir])).stdout;
    expect(text).toContain('Live decisions, replays left out: 60 settled, 0 pending');
    expect(text).not.toContain('Late:');
    expect(text).toMatch(/ECE 0\.\d{4}, of which a perfect forecaster shows 0\.\d{4} at this n/);
    expect(text).toContain('Spread of P: standard deviation 0.0000, 5th to 95th percentile 0.500 to 0.500.');
    expect(text).toMatch(/Positions taken: \d+\.\d % of 60 won \(95 % /);
    const replayed = await runCli(['scorecard', '--origin', 'replay', '--json', '--data-dir', dataDir]);
    expect(replayed.lines()[0]).toMatchObject({ origin: 'replay', settled: 0 });
  });

  test.each([
    ['a dimension that is none', ['scorecard', '--by', 'weekday'], 2],
    ['a replay among live ones', ['scorecard', '--replay', 'p-0123456789abcdef', '--origin', 'live'], 2],
    ['a date that is none', ['scorecard', '--as-of', 'soon'], 1],
  ])('%s is refused', async (_name, args, code) => {
    const result = await runCli([...args, '--json', '--data-dir', temporaryFolder('outcomes')]);
    expect([result.code, result.lines().map(({ type }) => type)]).toEqual([code, ['error']]);
  });
});
