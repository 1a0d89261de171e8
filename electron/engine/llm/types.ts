import type { ZodType } from 'zod';

export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
  /** May be left out where the request is too long, the lowest number first (for a memory its time); without it, never. */
  droppable?: number;
  /** A PNG shown with it, to a model that sees. */
  picture?: Uint8Array;
}

/** promptTokens = reusedTokens + evaluatedTokens. */
export interface Usage {
  promptTokens: number;
  /** Evaluated before, reused from the common prefix. */
  reusedTokens: number;
  evaluatedTokens: number;
  generatedTokens: number;
}

/** Milliseconds. */
export interface Timing {
  promptMs: number;
  generateMs: number;
}

export interface GenerateOptions<T> {
  /** Most tokens of the answer. */
  maxTokens: number;
  /** 0 takes the likeliest token each time. */
  temperature: number;
  /** The answer is JSON of this schema, by grammar where the backend has one. */
  schema?: ZodType<T>;
  signal?: AbortSignal;
  /** The answer as it comes, piece by piece. */
  onToken?(text: string): void;
  seed?: number;
}

export interface Answer<T> {
  text: string;
  /** Parsed by the schema; null without one. */
  value: T | null;
  usage: Usage;
  timing: Timing;
  finish: 'stop' | 'length';
  /** What had to be cut to fit, said in a sentence. */
  cut: string | null;
  /** How many droppable messages were left out, the lowest first. */
  leftOut: number;
  /** The first answer was not of the schema, and a second was asked for. */
  repaired: boolean;
}

export interface TokenProbabilities {
  /** By word: its share of the whole softmax over the next token, 0 to 1. */
  probabilities: Record<string, number>;
  usage: Usage;
  timing: Timing;
  cut: string | null;
  leftOut: number;
}

export interface LlmInfo {
  backend: 'embedded' | 'openai';
  name: string;
  file: string | null;
  sha256: string | null;
  contextTokens: number;
  /** Metal, CUDA, Vulkan, CPU, or the address of a server. */
  device: string;
  vision: boolean;
  tokenProbabilities: boolean;
  /** Of the embedded model; left out where it cannot be known. */
  threads?: number;
  /** Conversations it gets through faster side by side than one after another; left out = 1. */
  together?: number;
  /** What the user should know about how it runs, in one sentence. */
  note: string | null;
}

/** One language model behind one client, wherever it runs. */
export interface Llm {
  readonly info: LlmInfo;
  /**
   * One answer to a conversation.
   * @throws LLM_TOO_LONG, LLM_ANSWER_BAD (no JSON of the schema), LLM_FAILED, LLM_UNLOADABLE, MODEL_CLOSED, CANCELLED, and those of a server
   */
  generate<T = never>(messages: readonly Message[], options: GenerateOptions<T>): Promise<Answer<T>>;
  /** The same with a picture in the last message. @throws LLM_NO_VISION, and as `generate` */
  generateWithImage<T = never>(
    asked: string | readonly Message[],
    png: Uint8Array,
    options: GenerateOptions<T>,
  ): Promise<Answer<T>>;
  /**
   * How likely each word is to begin the answer, at temperature 1. A word must be one token of the model.
   * @throws INVALID_INPUT (a word of several tokens), LLM_NO_PROBABILITIES (a server that does not give them), and as `generate`
   */
  probabilities(
    messages: readonly Message[],
    words: readonly string[],
    options?: { signal?: AbortSignal },
  ): Promise<TokenProbabilities>;
  countTokens(text: string): number | Promise<number>;
  close(): Promise<void>;
}

/** As measured on this machine, in this session or an earlier one; null before the first answer. */
export interface LlmRates {
  promptTokensPerSecond: number | null;
  generatedTokensPerSecond: number | null;
  /** Mean milliseconds of the last whole pieces of work, each of several requests. */
  workMs: number | null;
}

export type LlmState =
  | { status: 'none'; sentence: string }
  | { status: 'unloaded'; rates: LlmRates }
  | { status: 'loading' }
  | { status: 'ready'; info: LlmInfo; rates: LlmRates }
  | { status: 'failed'; sentence: string };

export interface LlmHost {
  /**
   * The model that the settings ask for, loaded at first use.
   * @throws LLM_MISSING (with the way to get one), LLM_OFF, LLM_UNLOADABLE, MODEL_FILE_*, and those of a server
   */
  get(): Promise<Llm>;
  /** How it stands now; loads nothing. */
  state(): LlmState;
  /** Notes what a piece of work of several requests took, and keeps the rates with the model. */
  worked(ms: number): void;
  /** Another file or server is in use: what is open is closed, and the next request opens what then is right. */
  forget(): void;
  close(): Promise<void>;
}
