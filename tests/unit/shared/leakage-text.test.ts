import { describe, expect, it } from 'vitest';
import {
  type LeakageResult,
  leakageBadge,
  type Scorecard,
  type ScoredModel,
  withLeakage,
} from '../../../shared/domain/index.ts';

const PROMPTS = { research: 'a'.repeat(64), support: 'b'.repeat(64) };
const model: ScoredModel = { name: 'Phi', sha256: 'd'.repeat(64), prompts: PROMPTS, decisions: 30, leakage: null };
const test = (language: Partial<NonNullable<LeakageResult['language']>> | undefined, at = '2026-03-01T10:00:00.000Z') =>
  ({
    ...{ at, windows: 40, sentence: `Tested at ${at.slice(0, 10)}.` },
    language: language && { name: 'Phi', sha256: 'd'.repeat(64), prompts: PROMPTS, promptVersions: {}, ...language },
  }) as LeakageResult;
const badges = (tests: readonly LeakageResult[], of = model) =>
  withLeakage({ models: [of] } as unknown as Scorecard, tests).models.map(leakageBadge);

describe('the badge of a language model on a scorecard', () => {
  it('says that it may remember these years until it is tested, then when and with what result', () => {
    expect(badges([])).toEqual(['Not tested for leakage: this model may remember these years (Phi, 30 decisions).']);
    expect(badges([test({})])).toEqual(['Tested for leakage on 2026-03-01 (Phi, 30 decisions). Tested at 2026-03-01.']);
  });

  it('takes the newest test of the same file and the same prompts, and no other', () => {
    const untested = /^Not tested/;
    expect(badges([test({}, '2026-03-02T00:00:00.000Z'), test({})])[0]).toContain('on 2026-03-02');
    expect(badges([test({ sha256: 'e'.repeat(64) })])[0]).toMatch(untested);
    expect(badges([test({ prompts: { ...PROMPTS, support: 'c'.repeat(64) } })])[0]).toMatch(untested);
    expect(badges([test(undefined)])[0]).toMatch(untested);
  });

  it('knows a model behind a server by its name, as it has no file', () => {
    const served = { ...model, sha256: null };
    expect(badges([test({ sha256: null })], served)[0]).toMatch(/^Tested/);
    expect(badges([test({ sha256: null, name: 'Other' })], served)[0]).toMatch(/^Not tested/);
    expect(badges([test({})], served)[0]).toMatch(/^Not tested/);
  });
});
