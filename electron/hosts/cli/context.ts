import type { Output } from './output.ts';

/** What every command is given besides its own arguments and options. */
export interface Context {
  readonly out: Output;
  /** Folder of all state; it may not exist yet. */
  readonly dataDir: string;
  /** Ends the command as wrong usage (exit 2) with this sentence. */
  usage(sentence: string): never;
}

/** A command: operands and options in, exit code out (0 when it returns nothing). */
export type Handler<O> = (context: Context, args: readonly string[], options: O) => Promise<number | undefined>;
