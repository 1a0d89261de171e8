import type { ErrorData } from '../../../shared/errors.ts';
import { printable } from '../../../shared/printable.ts';

/** Where a command speaks: data on stdout, everything else on stderr. */
export interface Output {
  readonly json: boolean;
  /** True once whoever read stdout has gone (`| head`). */
  readonly closed: boolean;
  /** One JSON object a line; silent without --json. */
  data(value: object): void;
  /** A line for a person; silent with --json. */
  text(line: string): void;
  /** A sentence beside the data, on stderr. */
  note(sentence: string): void;
  /** The one line of progress, only on a terminal; an empty text clears it. */
  progress(text: string): void;
  error(error: ErrorData): void;
  /** Called when the reader of stdout goes away. */
  onClosed(listener: () => void): void;
  /** Resolves when everything written has left the process. */
  flush(): Promise<void>;
}

/** Lines and columns as they are; any other mark that moves a cursor may come from a file or a server. */
const harmless = (text: string) => text.replace(/[^\n\t]+/g, printable);

/** @param json what `--json` says: data lines only. */
export function createOutput(json: boolean, stdout = process.stdout, stderr = process.stderr): Output {
  const listeners: (() => void)[] = [];
  let closed = false;
  let shown = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
    for (const listener of listeners) listener();
  });
  const write = (text: string) => void (closed || stdout.write(text));
  const progress = (text: string) => {
    if (!stderr.isTTY || (text === '' && !shown)) return;
    stderr.write(`\r\x1b[K${printable(text).slice(0, (stderr.columns ?? 80) - 1)}`);
    shown = text !== '';
  };
  const beside = (line: string) => {
    progress('');
    stderr.write(`${harmless(line)}\n`);
  };
  const output: Output = {
    json,
    get closed() {
      return closed;
    },
    data: (value) => json && write(`${JSON.stringify(value)}\n`),
    text: (line) => {
      if (json) return;
      progress('');
      write(`${harmless(line)}\n`);
    },
    note: beside,
    progress,
    error: (error) => (json ? output.data({ type: 'error', error }) : beside(`${error.code}: ${error.sentence}`)),
    onClosed: (listener) => void listeners.push(listener),
    flush: () => new Promise((resolve) => (closed ? resolve() : stdout.write('', () => resolve()))),
  };
  return output;
}
