import type { Decision, Reproduction, Round } from '../../../../shared/domain/index.ts';
import type { DecisionContent } from '../../decision/index.ts';
import type { OtherPrompt } from '../../orchestrator/index.ts';
import { canonicalJson } from '../../platform/index.ts';

type Difference = NonNullable<Reproduction['differs']>;

/** The first part that differs, in the order in which a decision comes about; null where all are the same. */
export function firstDifference(stored: DecisionContent, now: DecisionContent): Difference | null {
  return (
    compared('bars', barsOf(stored), barsOf(now)) ??
    compared('window hash', stored.window.hash, now.window.hash) ??
    compared('model', modelOf(stored), modelOf(now)) ??
    compared('settings', stored.provenance.settingsHash, now.provenance.settingsHash) ??
    readingDifference(stored, now) ??
    roundDifference(stored.rounds, now.rounds) ??
    compared('memory', memoryOf(stored), memoryOf(now)) ??
    compared('calibration', [stored.pCorrect, stored.edge ?? null], [now.pCorrect, now.edge ?? null]) ??
    compared('action', actionOf(stored), actionOf(now)) ??
    otherDifference(stored, now)
  );
}

/** The parts that come before any judge. */
export function firstDifferenceOfReading(stored: DecisionContent, now: DecisionContent): Difference | null {
  const found = firstDifference(stored, now);
  const own: Difference['part'][] = ['bars', 'window hash', 'model', 'settings', 'reading'];
  return found && own.includes(found.part) ? found : null;
}

/** What a language model was asked: its prompts' files first, then the first question that was put otherwise. */
export function promptDifference(
  [other]: readonly OtherPrompt[],
  stored?: DecisionContent,
  now?: DecisionContent,
): Difference | null {
  const files = stored && now && compared('prompt', stored.provenance.promptHashes, now.provenance.promptHashes);
  if (files || !other) return files ?? null;
  const question = `question ${other.at + 1}`;
  const before = other.stored === null ? 'no answer to it' : `SHA-256 ${other.stored}`;
  return { part: 'prompt', round: null, stored: `${question}: ${before}`, now: `${question}: SHA-256 ${other.now}` };
}

const barsOf = ({ window: { start, end, bars, notices }, lastClose, currency, timezone, asOf }: DecisionContent) => {
  return { start, end, bars, notices, lastClose, currency, timezone, asOf };
};
const modelOf = ({ provenance: { modelHashes, executionProvider, threads, batchSize } }: DecisionContent) => {
  return { modelHashes, executionProvider, threads, batchSize };
};
const memoryOf = ({ provenance, trackRecord }: DecisionContent) => [provenance.memoryIds, trackRecord ?? null];
const actionOf = ({ action, proposed, holdReasons }: DecisionContent) => [action, proposed, holdReasons];

function compared(part: Difference['part'], stored: unknown, now: unknown, round: number | null = null) {
  const [before, after] = [canonicalJson(stored), canonicalJson(now)];
  return before === after ? null : { part, round, ...excerpts(before, after) };
}

const AROUND = 60;

/** Both texts from a little before where they part. */
function excerpts(stored: string, now: string): { stored: string; now: string } {
  let at = 0;
  while (at < stored.length && stored[at] === now[at]) at++;
  const from = Math.max(0, at - AROUND);
  const part = (text: string) => `${from > 0 ? '...' : ''}${text.slice(from, at + AROUND)}`;
  return { stored: part(stored), now: part(now) };
}

/** Of the same look, another answer of the network. */
function readingDifference(stored: DecisionContent, now: DecisionContent): Difference | null {
  const ofNetwork = ({ provenance }: DecisionContent) => provenance.rawAnswers.filter(({ judge }) => judge !== 'llm');
  for (const answer of ofNetwork(stored)) {
    const again = ofNetwork(now).find(({ lookHash }) => lookHash === answer.lookHash);
    const found = again && compared('reading', answer.values, again.values);
    if (found) return found;
  }
  return null;
}

function roundDifference(stored: readonly Round[], now: readonly Round[]): Difference | null {
  for (let k = 0; k < Math.max(stored.length, now.length); k++) {
    const [before, after] = [stored[k] ?? null, now[k] ?? null];
    const recalled = (round: Round | null) => round?.added.filter(({ kind }) => kind === 'memory') ?? null;
    const found = compared('memory', recalled(before), recalled(after), k) ?? compared('round', before, after, k);
    if (found) return found;
  }
  return null;
}

function otherDifference(stored: DecisionContent, now: DecisionContent): Difference | null {
  const names = [...new Set([...Object.keys(stored), ...Object.keys(now)])].sort() as (keyof Decision)[];
  for (const name of names) {
    const of = (content: DecisionContent) => ({ [name]: (content as Partial<Decision>)[name] ?? null });
    const found = compared('other', of(stored), of(now));
    if (found) return found;
  }
  return null;
}
