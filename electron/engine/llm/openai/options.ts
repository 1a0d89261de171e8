import type { WebFetch } from '../web-fetch.ts';
import type { Limits } from './deadline.ts';
import type { Retries } from './retries.ts';

export interface OpenAiOptions {
  /** With or without /v1, for example http://localhost:1234. */
  address: string;
  /** Its name at the server; null: Phi-3.5 under whatever name the server has it. */
  model: string | null;
  /** Whether the name is that of a deployment, which is asked for whatever models are listed, since lists do not hold it. */
  deployment?: boolean;
  /** Sent to this server only; never stored, logged, shown or told in an error. */
  key?: string;
  /** Whether the user says that the model reads pictures (USE_VISION). */
  vision?: boolean;
  /** Most tokens of a request with its answer, where the server does not say less; default 31,000. */
  contextTokens?: number;
  limits?: Limits;
  /** How long finding out how the server answers may take, in milliseconds; default as long as any answer. */
  connectMs?: number;
  /** Ends the finding out; what is asked afterwards has signals of its own. */
  signal?: AbortSignal;
  retries?: Retries;
  /** How the network is reached; default through the proxies of the environment. */
  fetch?: WebFetch;
}
