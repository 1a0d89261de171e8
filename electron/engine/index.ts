export { type AskOptions, BaseAgent, type Question, ReasoningAgent, ResearchAgent } from './agents/index.ts';
export { createEngine, type Engine, type EngineOptions } from './create-engine.ts';
export type { Orchestrator } from './create-orchestrator.ts';
export { openJournalReader } from './journal-reader.ts';
export type { Llm } from './llm/index.ts';
export type { Series } from './market/index.ts';
export type {
  AgentRouter,
  BoundGraph,
  InitialState,
  LoopEvent,
  LoopOptions,
  Triggered,
  TriggerOptions,
} from './orchestrator/index.ts';
export { defaultDataDir } from './platform/index.ts';
export { declineBackups, listBackups, restoreJournal } from './restore-journal.ts';
export type { EngineRouter } from './router.ts';
