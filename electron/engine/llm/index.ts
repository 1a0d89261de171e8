export { createModelFiles, modelFolders, type ModelFiles, type UsableModel } from './files/index.ts';
export type {
  Answer,
  GenerateOptions,
  Llm,
  LlmHost,
  LlmInfo,
  LlmRates,
  LlmState,
  Message,
  Timing,
  TokenProbabilities,
  Usage,
} from './types.ts';
