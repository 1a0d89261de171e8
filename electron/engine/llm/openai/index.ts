import type { Llm } from '../types.ts';
import type { OpenAiOptions } from './options.ts';

export { serverAddress } from './address.ts';
export { type BackendSettings, backendOptions, findLocalServer, USUAL_ADDRESSES } from './backends.ts';
export type { OpenAiOptions } from './options.ts';
export { parseAnswer } from './structured.ts';

/** The model that a server would answer with; nothing is generated. @throws as `createOpenAiLlm` */
export async function lookAtServer(options: OpenAiOptions): Promise<{ name: string; where: string }> {
  return (await import('./connection.ts')).lookAtServer(options);
}

/** As `createOpenAiLlm` of openai-llm.ts; the package is loaded when the first server is asked. */
export async function createOpenAiLlm(options: OpenAiOptions): Promise<Llm> {
  return (await import('./openai-llm.ts')).createOpenAiLlm(options);
}
