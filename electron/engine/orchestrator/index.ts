export { type AgentRouter, createAgentRouter, type Triggered, type TriggerOptions } from './agent-router.ts';
export {
  type BoundGraph,
  type BoundGraphDeps,
  bindGraph,
  createInitialState,
  type InitialState,
} from './agent-router-graph.ts';
export { createFeedbackMemory } from './agent-router-memory.ts';
export type { AnalyzeSettings } from './analyze-settings.ts';
export { type Analysis, type Analyzer, createAnalyzer } from './analyzer.ts';
export { createBaseRateBook } from './base-rate-book.ts';
export { type Checkpoints, createCheckpoints } from './checkpoints.ts';
export { planCoarser } from './coarser-look.ts';
export { createEventLog, type EventLog } from './event-log.ts';
export type { AnalyzeTask, GraphDeps, LanguageTask } from './graph/matter.ts';
export { type Knowledge, NO_KNOWLEDGE } from './knowledge.ts';
export { NoStoredAnswer, type OtherPrompt, storedLlm } from './language/exchanges.ts';
export { createLanguageDesk, type LanguageDesk } from './language/language-desk.ts';
export { createLanguageJudge, type LanguageAsked } from './language/language-judge.ts';
export { expectedMs } from './language/language-queue.ts';
export { planRoundOne } from './looks.ts';
export { type LoopContext, type LoopDeps, type LoopEvent, type LoopOptions, loop } from './loop.ts';
export { type Tick, type Timing, ticks, timingOf } from './loop-ticks.ts';
export { type OutcomeRecorderDeps, type RecorderDeps, record, storeDecision, storeOutcome } from './recorder.ts';
export { analyzeSettings, asOfFor, resolveRequest } from './requests.ts';
export { createRunStore, RUN_MIGRATIONS, type RunStore } from './run-store.ts';
export { streamResumed, streamRun } from './run-stream.ts';
export { createRuns, type Runs } from './runs.ts';
export { createSchedule, type Schedule } from './schedule.ts';
export { createScheduleStore, SCHEDULE_MIGRATIONS } from './schedule-store.ts';
export { createSettler, type Settler } from './settler.ts';
export { type SettleRequest, type SettlingDeps, settleDue } from './settling.ts';
