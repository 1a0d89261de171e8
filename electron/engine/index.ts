export { createEngine, type Engine, type EngineOptions } from './create-engine.ts';
export { openJournalReader } from './journal-reader.ts';
export type { EngineRouter } from './router.ts';
