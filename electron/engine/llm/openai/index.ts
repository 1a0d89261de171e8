import type { Llm } from '../types.ts';
import type { Look } from './look-at-server.ts';
import type { OpenAiOptions } from './options.ts';

export { serverAddress } from './address.ts';
export { type BackendSettings, backendOptions, findLocalServer, USUAL_ADDRESSES } from './backends.ts';
export type { Look } from './look-at-server.ts';
export type { OpenAiOptions } from './options.ts';
export { parseAnswer } from './structured.ts';

/** As `lookAtServer` of look-at-server.ts; the package is loaded when the first server is asked. */
export async function lookAtServer(options: OpenAiOptions): Promise<Look> {
  return (await import('./look-at-server.ts')).lookAtServer(options);
}

/** As `createOpenAiLlm` of openai-llm.ts, loaded likewise. */
export async function createOpenAiLlm(options: OpenAiOptions): Promise<Llm> {
  return (await import('./openai-llm.ts')).createOpenAiLlm(options);
}
