import OpenAI from 'openai';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { LlmInfo } from '../types.ts';
import { createWebFetch } from '../web-fetch.ts';
import { type ServerAddress, serverAddress } from './address.ts';
import { type Ask, type Asked, type AskOptions, Refused, refusedWith } from './asking.ts';
import { LIMITS, startDeadline, within } from './deadline.ts';
import { failure, statusOf, type Told, toldOf } from './failures.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { likeliestOf, type OneToken } from './likeliest.ts';
import type { OpenAiOptions } from './options.ts';
import { RETRIES, withRetries } from './retries.ts';
import { saidBy } from './said-by.ts';
import { readStream, type Streamed } from './stream.ts';
import { whichModel } from './which-model.ts';

const CONTEXT_TOKENS = 31_000;

export interface Connection {
  info: LlmInfo;
  told: Told;
  /** Null where the server does not tell probabilities of tokens. */
  oneToken: OneToken | null;
  /** Notes that it does not tell them any more. */
  withoutProbabilities(): void;
  ask: Ask;
}

/** @throws as `createOpenAiLlm` */
export async function connect(options: OpenAiOptions): Promise<Connection> {
  const { key, limits = LIMITS, retries = RETRIES } = options;
  const server = serverAddress(options.address);
  const fetch = options.fetch ?? createWebFetch(server.local ? {} : process.env);
  const guarded = guardedFetch(fetch, server, key);
  const client = new OpenAI({
    ...{ baseURL: server.base, defaultQuery: server.query, logLevel: 'off' },
    ...{ apiKey: 'in the guarded fetch', organization: null, project: null, adminAPIKey: null, webhookSecret: null },
    fetch: (input, init) => guarded(input instanceof Request ? input.url : input, init),
    ...{ maxRetries: 0, timeout: limits.totalMs + 1000 },
  });
  const told = toldOf(options, server);
  const model = await whichModel(options, server, guarded, told);
  told.model = model.id;
  let countsUsage = true;

  const once = async (asked: Asked, { signal, onToken, ...own }: AskOptions): Promise<Streamed> => {
    const deadline = startDeadline(server.where, own.limits ?? limits, signal);
    const send = () =>
      client.chat.completions.create(
        { ...asked, model: model.id, stream: true, ...(countsUsage && { stream_options: { include_usage: true } }) },
        { signal: deadline.signal },
      );
    try {
      const stream = await withRetries(send, retries, deadline.signal);
      return await readStream(stream, { maxTokens: asked.max_tokens ?? 1, deadline, onToken });
    } catch (error) {
      deadline.check();
      const known = failure(error, told);
      const isOurs = known instanceof BrainnetError && error instanceof OpenAI.APIError;
      throw isOurs ? new Refused(known, statusOf(error), saidBy(error, key)) : known;
    } finally {
      deadline.stop();
    }
  };
  const ask: Ask = async (asked, how = {}) => {
    try {
      return await once(asked, how);
    } catch (error) {
      if (!countsUsage || !/stream_options|include_usage/.test(refusedWith(error)?.said ?? '')) throw error;
      countsUsage = false;
      return once(asked, how);
    }
  };
  const connecting = { signal: options.signal, limits: within(limits, options.connectMs) };
  const oneToken = await likeliestOf((asked) => ask(asked, connecting));
  const tokenProbabilities = oneToken !== null;
  const contextTokens = Math.min(options.contextTokens ?? CONTEXT_TOKENS, model.contextTokens ?? Infinity);
  const info: LlmInfo = {
    ...{ backend: 'openai', name: model.id, file: null, sha256: null, contextTokens, device: server.where },
    ...{ vision: options.vision ?? false, tokenProbabilities, note: noteOf(server, key, tokenProbabilities) },
  };
  const withoutProbabilities = () => {
    Object.assign(info, { tokenProbabilities: false, note: noteOf(server, key, false) });
  };
  return { info, told, ask, oneToken, withoutProbabilities };
}

function noteOf(server: ServerAddress, key: string | undefined, tokenProbabilities: boolean): string | null {
  const notes = [
    ...(server.local ? [] : [`what the agents ask is sent to ${server.where}`]),
    ...(key && !server.encrypted && !server.local ? ['the key goes there unencrypted'] : []),
    ...(tokenProbabilities ? [] : ['it does not tell probabilities of words, so doubt is a stated figure']),
  ];
  if (notes.length === 0) return null;
  const sentence = notes.join('; ');
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`;
}
