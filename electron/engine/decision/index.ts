export {
  type Calibration,
  type CalibrationStore,
  createCalibrationStore,
  fitCalibration,
  predictCorrect,
  REFIT_EVERY,
  type SettledRecord,
} from './calibration/index.ts';
export { type Combined, combineOpinions, type Opinion } from './combine.ts';
export { binaryEntropy, channelCapacity, numericConfidence } from './confidence.ts';
export { contentHash, contentOf, type DecisionContent } from './content-hash.ts';
export { edgeOf, type Payoff } from './edge.ts';
export { type EvidenceLists, gatherEvidence } from './evidence.ts';
export { createFigures, type Figures } from './figures/figures.ts';
export type { JournalPage, JournalQuery } from './history.ts';
export {
  createJournal,
  type Journal,
  type JournalReader,
  type LatestOf,
  readJournal,
  summarize,
} from './journal.ts';
export { type Lean, leanOf, type Rule } from './lean.ts';
export {
  createOutcomeStore,
  entryPrice,
  type OutcomeFilter,
  type OutcomeStore,
  outlookOf,
  type PendingFilter,
  type Settleable,
  type Settlement,
  settle,
  tripBegins,
  tripOf,
} from './outcomes/index.ts';
export { pCorrectOf } from './p-correct.ts';
export { confidenceGate, noveltyGate, type PolicyInput, type Proposal, proposeAction } from './policy.ts';
export { poolRegimes, topRegime } from './pool.ts';
export { DECISION_MIGRATIONS } from './schema.ts';
export { type ScorecardInput, type ScoredRecord, scorecard, scorecardOf, wilson } from './scorecard/index.ts';
export { seeded } from './scorecard/random.ts';
export { readableDecision } from './stored.ts';
