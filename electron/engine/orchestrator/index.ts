export { type AnalyzeDeps, analyzeSymbol } from './analyze.ts';
export type { AnalyzeSettings } from './analyze-settings.ts';
export { createEventLog, type EventLog } from './event-log.ts';
export { asOfFor } from './requests.ts';
export { createRunStore, RUN_MIGRATIONS, type RunStore } from './run-store.ts';
export { streamRun } from './run-stream.ts';
export { createRuns, type Runs } from './runs.ts';
