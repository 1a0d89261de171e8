import type { Decision, LanguageExchange, Regenerated } from '../../../../shared/domain/index.ts';
import type { DecisionContent } from '../../decision/index.ts';

type Asks = NonNullable<Decision['provenance']['language']>;

/** What a model that was asked again said, beside what is stored. @param again with the answers of the model in `provenance.language` */
export function compareAnswers(stored: Decision, again: DecisionContent): Regenerated {
  const [before, now] = [stored.provenance.language!, again.provenance.language!];
  const model = (of: DecisionContent | Decision) => ({
    name: of.language?.model ?? '',
    sha256: of.provenance.modelHashes.llm ?? null,
  });
  const [was, is] = [model(stored), model(again)];
  const [earlier, later] = [said(before), said(now)];
  const asks = Math.max(earlier.length, later.length);
  return {
    model: { stored: was, now: is, same: was.sha256 === is.sha256 && (was.sha256 !== null || was.name === is.name) },
    setting: settingOf(before, now),
    answers: Array.from({ length: asks }, (_, ask) => answerOf(ask, earlier[ask], later[ask])),
    stored: wordOf(stored),
    now: wordOf(again),
  };
}

type Said = Exclude<LanguageExchange, { kind: 'refused' }>;

/** The answers in order. A refusal to look at a picture is none: a model that is known to refuse is not shown another. */
const said = ({ exchanges }: Asks): Said[] => exchanges.flatMap((each) => (each.kind === 'refused' ? [] : each));

const wordOf = ({ regime, proposed, confidence, action }: DecisionContent): Regenerated['now'] => ({
  ...{ regime, proposed, action },
  confidence: confidence.value,
});

const SETTING = ['threads', 'device', 'contextTokens', 'seed', 'temperature', 'maxTokens'] as const;
const settingOf = (before: Asks, now: Asks): string[] =>
  SETTING.filter((name) => before[name] !== now[name]).map((name) => `${name} was ${before[name]}, is ${now[name]}`);

function answerOf(ask: number, stored?: Said, now?: Said): Regenerated['answers'][number] {
  const [before, after] = [textOf(stored), textOf(now)];
  const same = before === after;
  const at = same || stored?.kind !== 'text' || now?.kind !== 'text' ? null : firstOther(before, after);
  return {
    ...{ ask, same, at },
    kind: (stored ?? now)!.kind,
    samePrompt: stored !== undefined && stored.prompt === now?.prompt,
    difference: differenceOf(stored, now),
    stored: excerpt(before, at),
    now: excerpt(after, at),
  };
}

function textOf(exchange: Said | undefined): string {
  if (!exchange) return '(not asked)';
  if (exchange.kind === 'text') return exchange.text;
  return Object.entries(exchange.probabilities)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, p]) => `${word} ${p.toPrecision(6)}`)
    .join(', ');
}

function differenceOf(stored?: Said, now?: Said): number | null {
  if (stored?.kind !== 'probabilities' || now?.kind !== 'probabilities') return null;
  const words = Object.keys({ ...stored.probabilities, ...now.probabilities });
  return Math.max(...words.map((word) => Math.abs((stored.probabilities[word] ?? 0) - (now.probabilities[word] ?? 0))));
}

/** Index of the first character in which two texts differ. */
export function firstOther(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

const AROUND = 60;
const excerpt = (text: string, at: number | null): string =>
  at === null ? text.slice(0, 2 * AROUND) : text.slice(Math.max(0, at - AROUND), at + AROUND);

/** Two sentences: which model it was, and what differs first. It says nothing of bits. */
export function regeneratedSentence({ model, answers, stored, now }: Regenerated): string {
  const who = model.same
    ? `${model.now.name} was asked again.`
    : `Another model is in use: it was decided with ${model.stored.name}, and ${model.now.name} was asked now.`;
  const first = answers.find(({ same }) => !same);
  const outcome =
    stored.action === now.action
      ? `the action stays ${now.action}`
      : `the action was ${stored.action} and is ${now.action}`;
  const c = `C was ${stored.confidence.toFixed(3)} and is ${now.confidence.toFixed(3)}`;
  if (!first)
    return `${who} Every text and figure of its answers is the same; ${outcome}. That is no claim of equal bits: see the notes.`;
  const prompt = first.samePrompt ? 'Same prompt' : 'Another prompt';
  const where = first.at === null ? '' : ` at character ${first.at}`;
  const by = first.difference === null ? '' : ` by up to ${first.difference.toPrecision(2)}`;
  return `${who} ${prompt}, answer differs at question ${first.ask + 1}${where}${by}; ${c}; ${outcome}.`;
}

/** Why the same question may be answered otherwise. */
export const DRIFT_NOTE =
  'Quantized weights give slightly other figures for a prefix that was kept than for one that is read anew (logits differ by about 0.15), so a model that is asked again need not say the same.';
