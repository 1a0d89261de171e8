import { type Decision, isMemoryId, type Reproduction } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { contentHash, contentOf, type DecisionContent } from '../../decision/index.ts';
import type { Market } from '../../market/index.ts';
import {
  type AnalyzeSettings,
  createAnalyzer,
  type GraphDeps,
  type Knowledge,
  type LanguageTask,
  NO_KNOWLEDGE,
  NoStoredAnswer,
  type OtherPrompt,
} from '../../orchestrator/index.ts';
import type { HeadedConvnext } from '../../vision/index.ts';
import { firstDifference, firstDifferenceOfReading, promptDifference } from './first-difference.ts';
import { compareAnswers, DRIFT_NOTE, regeneratedSentence } from './regenerated.ts';
import { storedJudging } from './stored-judging.ts';
import { type StoredLanguageDeps, withLiveModel, withStoredAnswers } from './stored-language.ts';
import { type StoredMemoryDeps, storedMemory } from './stored-memory.ts';

export interface ReproduceDeps extends StoredMemoryDeps, Pick<StoredLanguageDeps, 'language'> {
  market: Market;
  /** The network with the version of heads of this SHA-256, or with its shipped heads; null where that version is not at hand. */
  convnextWith(heads: string | undefined): Promise<HeadedConvnext | null>;
  judging: GraphDeps['judging'];
  /** What live decisions are told by the knowledge base. */
  knowledge: Knowledge;
  engineVersion: string;
}

/**
 * Makes a stored decision again: window from the bars at hand, read anew by the network, judged through the same graph, with the memory it
 * recalled, the version of the calibration it was read from and the stored answers of the language model; and names the first thing that
 * differs. Nothing is stored.
 * @param regenerate asks the language model anew, and says where it answers otherwise
 * @throws UNKNOWN_DECISION, INVALID_INPUT (nothing to ask again), what the network throws, and where it is asked the language model
 */
export async function reproduce(
  deps: ReproduceDeps,
  id: string,
  regenerate = false,
  signal = new AbortController().signal,
): Promise<Reproduction> {
  const decision = deps.journal.get(id);
  const stored = contentOf(decision);
  if (contentHash(stored) !== decision.contentHash) return changedRecord(decision);
  const asks = decision.provenance.language;
  if (regenerate) {
    if (!asks) throw new BrainnetError('INVALID_INPUT', { problem: whyNotAgain(decision) });
    return withLiveModel(deps, decision, asks, signal, (task, within) => regenerated(deps, decision, task, within));
  }
  const again = asks && withStoredAnswers(deps, decision, asks);
  const content = await analyzeAgain(deps, decision, again?.task, signal);
  if (content instanceof BrainnetError) return missingBars(decision, content);
  const others = again?.others ?? [];
  const now = content && asToldThen(stored, { ...content, engineVersion: stored.engineVersion });
  const readOnly = decision.judge === 'llm' && !asks;
  const differs = now ? differenceOf(stored, now, others, readOnly) : promptDifference(others);
  return {
    decisionId: id,
    identical: differs === null,
    differs,
    sentence: sentenceOf(differs, readOnly),
    notes: [...notesOf(decision, content ?? stored, readOnly), ...otherModel(deps, decision)],
  };
}

function differenceOf(
  stored: DecisionContent,
  now: DecisionContent,
  others: readonly OtherPrompt[],
  readOnly: boolean,
): Reproduction['differs'] {
  const early = firstDifferenceOfReading(stored, now);
  if (early || readOnly) return early;
  return promptDifference(others, stored, now) ?? firstDifference(stored, now);
}

const whyNotAgain = ({ judge }: Decision): string =>
  judge === 'llm'
    ? 'it is of before the questions to the language model were kept, so they cannot be put again'
    : 'no language model judged this decision, so there is none to ask again';

async function regenerated(
  deps: ReproduceDeps,
  decision: Decision,
  task: LanguageTask,
  signal: AbortSignal,
): Promise<Reproduction> {
  const content = await analyzeAgain(deps, decision, task, signal);
  if (content instanceof BrainnetError) return missingBars(decision, content);
  if (!content) throw new Error('a model in use was asked and did not answer');
  const found = compareAnswers(decision, content);
  const before = firstDifferenceOfReading(contentOf(decision), {
    ...content,
    provenance: { ...content.provenance, modelHashes: decision.provenance.modelHashes },
  });
  const said = found.answers.every(({ same }) => same) && found.stored.action === found.now.action;
  return {
    decisionId: decision.id,
    identical: said && before === null,
    differs: before,
    sentence: `${before ? `${sentenceOf(before, false)} ` : ''}${regeneratedSentence(found)}`,
    notes: [...notesOf(decision, content, false), ...found.setting, DRIFT_NOTE],
    regenerated: found,
  };
}

/** A word where another model is loaded than the one that judged. */
function otherModel({ language }: ReproduceDeps, { judge, language: reading, provenance }: Decision): string[] {
  const state = language.host.state();
  if (judge !== 'llm' || state.status !== 'ready') return [];
  const { name, sha256 } = state.info;
  const same = sha256 === (provenance.modelHashes.llm ?? null) && (sha256 !== null || name === reading?.model);
  return same ? [] : [`It was judged by ${reading?.model}; the model in use is ${name}.`];
}

/** Of a decision that was stored when the written memories it had seen were not named, none is compared. */
function asToldThen(stored: DecisionContent, now: DecisionContent): DecisionContent {
  if (stored.provenance.memoryIds.some(isMemoryId)) return now;
  const memoryIds = now.provenance.memoryIds.filter((id) => !isMemoryId(id));
  return { ...now, provenance: { ...now.provenance, memoryIds } };
}

/** What a missing bar or a refused window says, in place of the content. */
const ABOUT_BARS = new Set([
  'UNKNOWN_SYMBOL',
  'TOO_FEW_BARS',
  'TOO_MANY_BAD_BARS',
  'HOLE_IN_BARS',
  'SOURCE_UNAVAILABLE',
]);

/** Null where a question was put for which no answer is stored. */
async function analyzeAgain(
  deps: ReproduceDeps,
  decision: Decision,
  language: LanguageTask | undefined,
  signal: AbortSignal,
): Promise<DecisionContent | BrainnetError | null> {
  const { symbol, source, interval, asOf, provenance } = decision;
  const network = (await deps.convnextWith(headsOf(decision))) ?? (await deps.convnextWith(undefined))!;
  const memory = storedMemory(deps, decision);
  const analyzer = createAnalyzer(
    {
      ...{ market: deps.market, memory, engineVersion: deps.engineVersion },
      convnext: async () => ({ ...network, predict: (x) => network.predict(x) }),
      knowledge: decision.origin === 'replay' ? NO_KNOWLEDGE : deps.knowledge,
      judging: storedJudging(deps.judging, decision, memory),
    },
    null,
  );
  try {
    const { content } = await analyzer.analyze({
      ref: { symbol, source, interval },
      asOf,
      settings: provenance.settings as unknown as AnalyzeSettings,
      allowStale: true,
      experience: { origin: decision.origin ?? 'both', replayId: decision.replayId },
      ...{ language, signal },
      onStage: () => {},
    });
    return content;
  } catch (error) {
    if (error instanceof NoStoredAnswer) return null;
    if (error instanceof BrainnetError && ABOUT_BARS.has(error.code)) return error;
    throw error;
  }
}

/** @param readOnly what the language model answered was not kept, so only what comes before it was compared */
function sentenceOf(differs: Reproduction['differs'], readOnly: boolean): string {
  if (differs) {
    const round = differs.part === 'round' || differs.round !== null ? ` (round ${differs.round})` : '';
    return `Not the same: the first thing that differs is the ${differs.part}${round}.`;
  }
  return readOnly
    ? 'Bars, window, network and readings are identical.'
    : 'Identical: the same decision came out again, byte for byte.';
}

/** SHA-256 of the version of fine-tuned heads that a decision was read with. */
const headsOf = ({ provenance }: Decision): string | undefined => provenance.modelHashes.heads;

function notesOf(decision: Decision, again: DecisionContent, readOnly: boolean): string[] {
  const { engineVersion, heads } = decision;
  const notes: string[] = [];
  if (headsOf(decision) !== undefined && again.provenance.modelHashes.heads === undefined)
    notes.push(
      `It was read with fine-tuned heads${heads ? ` (${heads.id})` : ''} that are not at hand; the shipped heads read it now.`,
    );
  if (again.engineVersion !== engineVersion)
    notes.push(`It was made by version ${engineVersion}; this is ${again.engineVersion}.`);
  if (readOnly)
    notes.push(
      'A language model judged it, before its answers were kept with their questions, so what follows from them was not compared.',
    );
  return notes;
}

function changedRecord(decision: Decision): Reproduction {
  const now = contentHash(contentOf(decision));
  return {
    decisionId: decision.id,
    identical: false,
    differs: { part: 'other', round: null, stored: decision.contentHash, now },
    sentence:
      'The stored decision itself was changed: its content has another SHA-256 than the one it was stored with.',
    notes: [],
  };
}

function missingBars(decision: Decision, error: BrainnetError): Reproduction {
  const stored = `${decision.window.bars} bars from ${decision.window.start} to ${decision.window.end}`;
  return {
    decisionId: decision.id,
    identical: false,
    differs: { part: 'bars', round: null, stored, now: error.message },
    sentence: `Not the same: the bars it was made on are not at hand. ${error.message}`,
    notes: [],
  };
}
