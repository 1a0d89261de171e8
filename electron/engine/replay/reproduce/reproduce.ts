import { type Decision, isMemoryId, type Reproduction } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { contentHash, contentOf, type DecisionContent } from '../../decision/index.ts';
import type { Market } from '../../market/index.ts';
import {
  type AnalyzeSettings,
  createAnalyzer,
  type GraphDeps,
  type Knowledge,
  NO_KNOWLEDGE,
} from '../../orchestrator/index.ts';
import type { HeadedConvnext } from '../../vision/index.ts';
import { firstDifference, firstDifferenceOfReading } from './first-difference.ts';
import { storedJudging } from './stored-judging.ts';
import { type StoredMemoryDeps, storedMemory } from './stored-memory.ts';

export interface ReproduceDeps extends StoredMemoryDeps {
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
 * recalled and the version of the calibration it was read from; and names the first thing that differs. Nothing is stored.
 * @throws UNKNOWN_DECISION, and what the network throws
 */
export async function reproduce(deps: ReproduceDeps, id: string): Promise<Reproduction> {
  const decision = deps.journal.get(id);
  const stored = contentOf(decision);
  if (contentHash(stored) !== decision.contentHash) return changedRecord(decision);
  const again = await analyzeAgain(deps, decision);
  if (again instanceof BrainnetError) return missingBars(decision, again);
  const now = asToldThen(stored, { ...again, engineVersion: stored.engineVersion });
  const inWords = decision.judge === 'llm';
  const differs = inWords ? firstDifferenceOfReading(stored, now) : firstDifference(stored, now);
  return {
    decisionId: id,
    identical: differs === null,
    differs,
    sentence: sentenceOf(differs, inWords),
    notes: notesOf(decision, again, inWords),
  };
}

/** Of a decision that was stored when the written memories it had seen were not named, none is compared. */
function asToldThen(stored: DecisionContent, now: DecisionContent): DecisionContent {
  if (stored.provenance.memoryIds.some(isMemoryId)) return now;
  const memoryIds = now.provenance.memoryIds.filter((id) => !isMemoryId(id));
  return { ...now, provenance: { ...now.provenance, memoryIds } };
}

/** What a missing bar or a refused window says, in place of the content. */
const ABOUT_BARS = new Set(['UNKNOWN_SYMBOL', 'TOO_FEW_BARS', 'TOO_MANY_BAD_BARS', 'SOURCE_UNAVAILABLE']);

async function analyzeAgain(deps: ReproduceDeps, decision: Decision): Promise<DecisionContent | BrainnetError> {
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
      signal: new AbortController().signal,
      onStage: () => {},
    });
    return content;
  } catch (error) {
    if (error instanceof BrainnetError && ABOUT_BARS.has(error.code)) return error;
    throw error;
  }
}

function sentenceOf(differs: Reproduction['differs'], inWords: boolean): string {
  if (differs) {
    const round = differs.part === 'round' || differs.round !== null ? ` (round ${differs.round})` : '';
    return `Not the same: the first thing that differs is the ${differs.part}${round}.`;
  }
  return inWords
    ? 'Bars, window, network and readings are identical.'
    : 'Identical: the same decision came out again, byte for byte.';
}

/** SHA-256 of the version of fine-tuned heads that a decision was read with. */
const headsOf = ({ provenance }: Decision): string | undefined => provenance.modelHashes.heads;

function notesOf(decision: Decision, again: DecisionContent, inWords: boolean): string[] {
  const { engineVersion, heads } = decision;
  const notes: string[] = [];
  if (headsOf(decision) !== undefined && again.provenance.modelHashes.heads === undefined)
    notes.push(
      `It was read with fine-tuned heads${heads ? ` (${heads.id})` : ''} that are not at hand; the shipped heads read it now.`,
    );
  if (again.engineVersion !== engineVersion)
    notes.push(`It was made by version ${engineVersion}; this is ${again.engineVersion}.`);
  if (inWords)
    notes.push(
      'A language model judged it. Its words are stored with the decision and were not asked for again, so what follows from them was not compared.',
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
