export { binaryEntropy, channelCapacity, numericConfidence } from './confidence.ts';
export { contentHash, contentOf, type DecisionContent } from './content-hash.ts';
export { type EvidenceLists, gatherEvidence } from './evidence.ts';
export {
  createJournal,
  type Journal,
  type JournalPage,
  type JournalQuery,
  type JournalReader,
  readJournal,
  summarize,
} from './journal.ts';
export { confidenceGate, type PolicyInput, type Proposal, proposeAction } from './policy.ts';
export { poolRegimes, topRegime } from './pool.ts';
export { DECISION_MIGRATIONS } from './schema.ts';
