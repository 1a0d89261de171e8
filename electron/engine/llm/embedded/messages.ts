import type { ErrorData } from '../../../../shared/errors.ts';
import type { LlmInfo, Message, Timing, Usage } from '../types.ts';

/** What a short measurement on this machine chose for this file. */
export interface Tuning {
  threads: number;
  /** Most tokens of a prompt evaluated at once. */
  batch: number;
  /** Requests decoded together: 4 where that gains, else 1. */
  lanes: number;
  /** Tokens a second of 4 together over one alone; null where it was not measured. */
  togetherGain: number | null;
  promptTokensPerSecond: number;
  generatedTokensPerSecond: number;
}

export interface Start {
  file: string;
  name: string;
  /** Checked before the file is read by llama.cpp; null where it was already. */
  sha256: string | null;
  contextTokens: number;
  gpu: 'auto' | false;
  /** An empty folder for the states of common prefixes. */
  stateDir: string | null;
  /** Null: measure. */
  tuning: Tuning | null;
}

export type Request =
  | {
      kind: 'generate';
      messages: readonly Message[];
      maxTokens: number;
      temperature: number;
      seed: number;
      stream: boolean;
      grammar: string | null;
    }
  | { kind: 'probabilities'; messages: readonly Message[]; words: readonly string[] }
  | { kind: 'count'; text: string };

export interface Generated {
  text: string;
  usage: Usage;
  timing: Timing;
  finish: 'stop' | 'length';
  cut: string | null;
  leftOut: number;
}

export interface Weighed {
  probabilities: Record<string, number>;
  usage: Usage;
  timing: Timing;
  cut: string | null;
  leftOut: number;
}

export interface Reply {
  generate: Generated;
  probabilities: Weighed;
  count: number;
}

export type ToProcess =
  | { kind: 'start'; start: Start }
  | { kind: 'ask'; id: number; request: Request }
  | { kind: 'abort'; id: number };

export interface Ready {
  info: LlmInfo;
  tuning: Tuning;
}

export type FromProcess =
  | ({ kind: 'ready' } & Ready)
  | { kind: 'refused'; error: ErrorData }
  | { kind: 'token'; id: number; text: string }
  | { kind: 'answer'; id: number; reply: Reply[keyof Reply] }
  | { kind: 'failed'; id: number; error: ErrorData };
