import { InvalidArgumentError, Option } from 'commander';
import type { Handler } from '../context.ts';
import { wholeNumber } from '../parse.ts';

/** What turns a module of a command, loaded when it runs, into an action of commander. */
export type Action = <O>(load: () => Promise<{ run: Handler<O> }>) => (...given: unknown[]) => Promise<void>;

export const INTERVALS = ['1m', '5m', '15m', '30m', '1h', '1d', '1wk', '1mo'];
export const interval = () => new Option('--interval <interval>', 'length of a bar').choices(INTERVALS);
export const device = () =>
  new Option('--device <device>', 'where the network runs').choices(['auto', 'cpu', 'cuda', 'coreml', 'dml']);
export const asOf = () => new Option('--as-of <date>', 'market time: nothing later is read, e.g. 2012-12-31');
export const source = () =>
  new Option('--source <source>', 'where bars come from; yahoo and stooq ask the network').choices([
    'samples',
    'samples-closes',
    'csv',
    'yahoo',
    'stooq',
  ]);
export const origin = () =>
  new Option('--origin <origin>', 'live decisions (default), replayed ones, or both').choices([
    'live',
    'replay',
    'both',
  ]);
export const symbol = () => new Option('--symbol <symbol>', 'a symbol, e.g. AAPL');
/** An option that may be given several times; with `choices` only these. */
export const several = (flags: string, description: string, choices?: readonly string[]) =>
  new Option(flags, description).argParser((value: string, before: string[] = []) => {
    if (choices && !choices.includes(value))
      throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
    return [...before, value];
  });
export const delay = () =>
  new Option('--delay <seconds>', 'from one iteration to the next').argParser(wholeNumber(1, 604_800)).default(300);
export const iterations = () =>
  new Option('--iterations <n>', 'end after so many').argParser(wholeNumber(1, 1_000_000));
export const NO_LLM = ['--no-llm', 'decide without a language model'] as const;
