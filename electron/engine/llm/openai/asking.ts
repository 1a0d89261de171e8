import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Limits } from './deadline.ts';
import type { Streamed } from './stream.ts';

export type Asked = Omit<ChatCompletionCreateParamsStreaming, 'model' | 'stream' | 'stream_options'>;
export interface AskOptions {
  signal?: AbortSignal;
  onToken?: (text: string) => void;
  /** Default those of the connection. */
  limits?: Limits;
}

/** One answer. @throws what a server does wrong, in one sentence */
export type Ask = (asked: Asked, options?: AskOptions) => Promise<Streamed>;

/** What a server refused, kept beside the sentence that a person reads. */
export class Refused extends BrainnetError {
  readonly status: number;
  readonly said: string;
  constructor(error: BrainnetError, status: number, said: string) {
    super(error.code, error.details);
    this.status = status;
    this.said = said;
  }
}
export const refusedWith = (error: unknown): Refused | null => (error instanceof Refused ? error : null);
