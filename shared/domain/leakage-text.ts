import type { LeakageResult } from './replay.ts';
import type { Scorecard, ScoredModel } from './scorecard.ts';

/** The scorecard with the newest leakage test of each of its language models: same file (or, behind a server, same name) and same prompts. @param tests newest first */
export function withLeakage(card: Scorecard, tests: readonly LeakageResult[]): Scorecard {
  const models = card.models.map((model) => {
    const test = tests.find(({ language }) => language && isSame(language, model));
    return test ? { ...model, leakage: { at: test.at, windows: test.windows, sentence: test.sentence } } : model;
  });
  return { ...card, models };
}

type Tested = NonNullable<LeakageResult['language']>;

function isSame(tested: Tested, model: ScoredModel): boolean {
  const file = tested.sha256 ?? model.sha256;
  const same = file === null ? tested.name === model.name : tested.sha256 === model.sha256;
  const names = Object.keys(model.prompts);
  return same && names.length > 0 && names.every((name) => tested.prompts[name] === model.prompts[name]);
}

/** What a reader of the figures must know of a language model they rest on. */
export function leakageBadge({ name, decisions, leakage }: ScoredModel): string {
  const of = `${name || 'a language model'}, ${decisions} ${decisions === 1 ? 'decision' : 'decisions'}`;
  if (!leakage) return `Not tested for leakage: this model may remember these years (${of}).`;
  return `Tested for leakage on ${leakage.at.slice(0, 10)} (${of}). ${leakage.sentence}`;
}
