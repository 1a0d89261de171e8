import { describe, expect, it } from 'vitest';
import { withLanguage } from '../../../electron/engine/orchestrator/language/compose-language.ts';
import type { LanguageJudge, LanguageRound } from '../../../electron/engine/orchestrator/language/language-judge.ts';
import { cutOf } from '../../../electron/engine/orchestrator/language/told.ts';
import { storedDecision } from '../../support/journal.ts';

const A = 'The oldest of 15 memories was left out: the request had 3310 tokens, and the language model can read 3299.';
const B =
  'The 3 oldest of 14 memories were left out: the request had 4120 tokens, and the language model can read 3999.';
const C =
  'The 2 oldest of 9 memories were left out: the request had 3400 tokens, and the language model can read 3299.';

/** Rounds of which nothing is known but what was cut: of the reading, and of the question of doubt. */
const roundsOf = (...cuts: [string | null, string | null][]) =>
  cuts.map(([reading, doubt]) => ({ research: { cut: reading }, doubt: { cut: doubt } })) as unknown as LanguageRound[];

/** A decision of which the model's word is what the rounds say. */
function decided(rounds: LanguageRound[]) {
  const decision = storedDecision();
  const prompt = { name: 'support', hash: 'h' };
  const judge = {
    llm: { info: { name: 'Phi', tokenProbabilities: true } },
    research: { prompt, picturePrompt: prompt },
    reasoning: { prompt, statedPrompt: prompt, decide: () => ({ action: 'hold', reasons: [] }) },
    exchanges: [],
  } as unknown as LanguageJudge;
  const told = rounds.map(({ research, doubt }) => ({
    research: { ...research, usage: {}, timing: {}, leftOut: 0 },
    doubt: { ...doubt, raw: [] },
  })) as unknown as LanguageRound[];
  const records = { numeric: null, language: null };
  return withLanguage(decision, { judge, rounds: told, threshold: 0, records, numeric: decision }).language!;
}

describe('what was left out of the requests of a decision', () => {
  it('is nothing where nothing was', () => {
    expect(cutOf(roundsOf([null, null], [null, null]))).toBeNull();
  });

  it('is said plainly where it is that of the last reading alone', () => {
    expect(cutOf(roundsOf([null, null], [A, null]))).toBe(A);
  });

  it('is said of the question of doubt too', () => {
    expect(cutOf(roundsOf([null, B]))).toBe(`In the question of doubt of the first round: ${B}`);
    expect(cutOf(roundsOf([null, null], [A, B]))).toBe(
      `In the reading of round 1: ${A} In the question of doubt of round 1: ${B}`,
    );
  });

  it('stands in the decision', () => {
    expect(decided(roundsOf([A, null], [null, B])).cut).toBe(cutOf(roundsOf([A, null], [null, B])));
    expect(decided(roundsOf([A, B])).cut).toContain(`question of doubt of the first round: ${B}`);
  });

  it('is said of every round', () => {
    expect(cutOf(roundsOf([null, null], [A, null], [null, null]))).toBe(`In the reading of round 1: ${A}`);
    expect(cutOf(roundsOf([null, null], [A, null], [C, B]))).toBe(
      `In the reading of round 1: ${A} In the reading of round 2: ${C} In the question of doubt of round 2: ${B}`,
    );
  });
});
