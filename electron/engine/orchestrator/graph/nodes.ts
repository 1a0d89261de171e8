import { leanOf } from '../../decision/index.ts';
import { NO_CONTEXT } from '../../memory/index.ts';
import { planCoarser } from '../coarser-look.ts';
import { composeDecision } from '../compose.ts';
import { judgeRound } from '../judge-rounds.ts';
import { judge } from '../judging.ts';
import { withLanguage } from '../language/compose-language.ts';
import { judgeInWords } from '../language/language-judge.ts';
import { planRoundOne, type ReadLook, type Refinement, readerOf, readLook } from '../looks.ts';
import { memoryLook } from '../memory-look.ts';
import { withJudgement } from '../with-judgement.ts';
import type { LanguageTask, Matter } from './matter.ts';
import { rememberedIn } from './remembered.ts';
import { type AnalysisState, fromBase64, toBase64 } from './state.ts';

type Change = Partial<AnalysisState>;

/** Setups recalled in round 2. */
const RECALLED = 8;
/** With fewer than this many the mean of their readings would be that of one or two pictures. */
const LEAST_RECALLED = 5;

/** Takes the window in first; afterwards adds the looks of the round that refinement has begun. */
export async function research(state: AnalysisState, matter: Matter): Promise<Change> {
  if (state.looks.length === 0) return firstLook(matter);
  if (state.refinements === 1) return withLooks(state, matter, (bars) => planEarlier(bars, matter));
  if (state.refinements === 2) return recall(state, matter);
  return { ...(await withLooks(state, matter, planWeekly(matter))), ...(await notesOf(state, matter)) };
}

async function firstLook(matter: Matter): Promise<Change> {
  const { picture, convnext } = await matter.case();
  const { embedding, ...look } = await readLook(convnext, { kind: 'window', window: picture.window });
  return { looks: [look], added: 1, windowHash: picture.window.hash, embedding: toBase64(embedding) };
}

type Series = Awaited<ReturnType<Matter['case']>>['picture']['series'];
const planEarlier = (series: Series, { task: { settings } }: Matter) =>
  planRoundOne(series, settings.windowBars, settings.horizonBars);
const planWeekly =
  ({ task: { settings } }: Matter) =>
  (series: Series) =>
    planCoarser(series, settings.windowBars);

async function withLooks(state: AnalysisState, matter: Matter, plan: (series: Series) => Refinement): Promise<Change> {
  const { picture, network } = await matter.case();
  const { plans, missing } = plan(picture.series);
  const added: ReadLook[] = [];
  for (const one of plans) {
    const { look, logits } = await readLook(readerOf(network, picture.series, one), one);
    added.push({ look, logits });
  }
  return grown(state, added, missing);
}

const grown = (state: AnalysisState, added: ReadLook[], missing: readonly string[]): Change => ({
  looks: [...state.looks, ...added],
  added: added.length,
  missing: [...state.missing, ...missing],
});

async function recall(state: AnalysisState, matter: Matter): Promise<Change> {
  const { picture } = await matter.case();
  const { series, window } = picture;
  const { settings, experience } = matter.task;
  const neighbours = await matter.deps.memory.nearest({
    embedding: fromBase64(state.embedding),
    k: RECALLED,
    asOf: series.asOf,
    resolved: true,
    interval: series.interval,
    horizonBars: settings.horizonBars,
    costFraction: settings.costFraction,
    ...experience,
    apartFrom: { symbol: series.symbol, from: window.time[0]! },
  });
  if (neighbours.length < LEAST_RECALLED) return grown(state, [], [tooFew(neighbours.length)]);
  const memoryIds = [...state.memoryIds, ...neighbours.map(({ decisionId }) => decisionId)];
  return { ...grown(state, [memoryLook(neighbours, window.bars)], []), memoryIds };
}

const tooFew = (known: number): string =>
  `The memory holds ${known === 0 ? 'no' : `only ${known}`} settled setups that count and were known by then; ${LEAST_RECALLED} are needed.`;

async function notesOf(state: AnalysisState, matter: Matter): Promise<Change> {
  const { series } = (await matter.case()).picture;
  const { regime } = state.rounds.at(-1)!.round;
  const found = matter.deps.knowledge.notesFor({
    symbol: series.symbol,
    interval: series.interval,
    regime,
    asOf: series.asOf,
    experience: matter.task.experience,
  });
  return {
    notes: found.map(({ code, sentence }) => ({ code, sentence })),
    memoryIds: seen(
      state,
      found.map(({ memoryId }) => memoryId),
    ),
  };
}

const seen = (state: AnalysisState, more: readonly string[]): string[] => [...new Set([...state.memoryIds, ...more])];

/** Judges all looks so far, where there are new ones. */
export async function reasoning(state: AnalysisState, matter: Matter): Promise<Change> {
  if (state.added === 0) return {};
  const subject = await matter.case();
  if (state.rounds.length === 0) matter.step('judge');
  const before = state.rounds.at(-1)?.round;
  const added = state.looks.slice(-state.added);
  if (matter.task.language) return inWords(state, matter, matter.task.language, added);
  const judged = judgeRound(subject, state.looks, added, state.refinements, before);
  return { rounds: [...state.rounds, judged] };
}

async function inWords(
  state: AnalysisState,
  matter: Matter,
  { judge, memoryText }: LanguageTask,
  added: readonly ReadLook[],
): Promise<Change> {
  const { settings, signal } = matter.task;
  const subject = await matter.case();
  const { symbol, asOf } = subject.picture.series;
  const asked = state.refinements > 0 && !judge.blind;
  const written = asked ? await memoryText({ symbol, asOf }) : NO_CONTEXT;
  const { words, ...judged } = await judgeInWords(judge, {
    ...{ subject, looks: state.looks, added, number: state.refinements, before: state.rounds.at(-1)?.round, signal },
    memory: state.refinements === 0 ? [] : rememberedIn(state, written, asOf),
    horizonBars: settings.horizonBars,
  });
  return { rounds: [...state.rounds, judged], words: [...state.words, words], memoryIds: seen(state, written.ids) };
}

/** Whether the reading is still too doubtful, and a round is left to look again. */
export function isDoubtful(state: AnalysisState, { task: { settings } }: Matter): boolean {
  const { confidence } = state.rounds.at(-1)!.round;
  return confidence.value < settings.threshold && state.refinements < settings.maxRefinements;
}

export function refine(state: AnalysisState, matter: Matter): Change {
  matter.step('refine');
  return { refinements: state.refinements + 1 };
}

/** The decision of the last round and the gates, with P(correct), track record and edge as of then. */
export async function finalize(state: AnalysisState, matter: Matter): Promise<Change> {
  matter.step('store');
  const subject = await matter.case();
  const { deps, task } = matter;
  const { series, window } = subject.picture;
  const { looks, rounds, missing, notes, words } = state;
  const findings = { ...subject, looks, rounds, missing, notes };
  const numeric = composeDecision(deps.engineVersion, task.settings, findings);
  const { threshold } = task.settings;
  const composed = task.language ? withLanguage(numeric, { ...task.language, rounds: words, threshold }) : numeric;
  const judgement = await judge(deps.judging, {
    symbol: series.symbol,
    source: series.source,
    interval: series.interval,
    horizonBars: composed.horizonBars,
    costFraction: composed.costFraction,
    judge: composed.judge,
    lean: leanOf({ ...composed, trendScore: composed.features.trend_score }),
    model: subject.convnext.modelHash,
    regimeHead: subject.convnext.regimeHead ?? '',
    confidence: composed.confidence.value,
    proposed: composed.action !== 'hold',
    asOf: series.asOf,
    windowStart: window.time[0]!,
    embedding: fromBase64(state.embedding),
    experience: task.experience,
    edgeGate: task.settings.edgeGate,
  });
  return { content: withJudgement(composed, judgement, state.memoryIds) };
}
