export { checkLanguageModel } from './check-language-model.ts';
export { createModelFiles, type ModelFiles, modelFolders, type UsableModel } from './files/index.ts';
export { createLlmHost, type LlmHostDeps, type ServerBackend } from './host.ts';
export { metered, type TokenBudget } from './metered.ts';
export {
  type BackendSettings,
  backendOptions,
  createOpenAiLlm,
  findLocalServer,
  parseAnswer,
  serverAddress,
  USUAL_ADDRESSES,
} from './openai/index.ts';
export { withPicture } from './turns-of.ts';
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
export { withinBudget } from './within-budget.ts';
