import { z } from 'zod';

/** The closed list of errors: code -> one sentence with {placeholders} filled from the details. */
export const ERROR_TEXTS = {
  INVALID_INPUT: 'The input is not valid: {problem}.',
  BAD_SETTING: '{name} is {value}, but it may be {allowed}.',
  SETTING_MISSING: '{name} is not set, and LLM_BACKEND {backend} needs it: {what}.',
  BAD_DATE: '{value} is not a date such as 2012-12-31 or an instant such as 2013-01-01T05:00:00Z.',
  BAD_WINDOW_SIZE: 'A window of {bars} bars is not possible: it may have 32 to 256 bars.',
  WINDOW_NOT_READ:
    'The network reads windows of {reads} bars; for {bars} bars there are fields, features and scores only, and no decision.',
  UNKNOWN_SYMBOL: '{symbol} is not in {where}; import its bars from a CSV file, or choose one of the samples.',
  UNKNOWN_WATCHLIST: 'There is no watchlist named {name}; there are: {known}.',
  WATCHLIST_EXISTS: 'There is a watchlist named {name} already; choose another name, or add to that one.',
  WATCHLIST_FULL: 'The watchlist {name} would have {items} symbols; it may have {most}.',
  EMPTY_WATCHLIST: 'The watchlist {name} has no symbols; add one first.',
  SOURCE_UNAVAILABLE: 'There is no source {source}; there are samples, samples-closes, csv, yahoo and stooq.',
  RANGE_NOT_OFFERED: '{source} does not offer these bars of {symbol}: {problem}.',
  SYMBOL_RENAMED: '{source} answered for {found} when asked for {symbol}; if it was renamed, ask for {found}.',
  SOURCE_UNREACHABLE:
    '{source} cannot be reached ({problem}); check the network, or work with imported bars and the samples.',
  SOURCE_TIMEOUT:
    '{source} did not answer within {seconds} seconds; try again later, or work with imported bars and the samples.',
  SOURCE_LIMITED: '{source} has had too many requests from this address; wait {wait}, then try again.',
  SOURCE_KEY_NEEDED:
    '{source} gives its bars only with a key of your own (STOOQ_API_KEY) now; set one, or use another source.',
  SOURCE_ANSWER_BAD:
    '{source} answered with something that is not its data: {problem}; try again later, or choose another source.',
  SOURCE_LYING: '{source} sent prices of {symbol} that cannot be right: {problem}; nothing of them was used.',
  STALE_BARS:
    'The bars of {symbol} are {sessions} sessions behind (the last is of {last}); analyze them all the same with --allow-stale, or bring them up to date first.',
  TOO_FEW_BARS: '{symbol} has {have} bars up to {asOf}, but {need} are needed.',
  TOO_MANY_BAD_BARS:
    '{symbol}: {bad} of the {bars} bars of the window had to be repaired or dropped ({percent} %), more than the 5 % allowed.',
  HOLE_IN_BARS:
    '{symbol} has no bars between {from} and {to}, and no window reaches across such a hole: {have} of the {need} bars needed have come since.',
  BAD_CSV: 'The CSV file cannot be read: {problem}.',
  FILE_NOT_FOUND: 'The file {file} does not exist.',
  FILE_UNREADABLE: 'The file {file} cannot be read: {problem}.',
  FILE_UNWRITABLE: 'The file {file} cannot be written: {problem}.',
  TOO_LARGE: '{what} is too large: {size}, and the limit is {limit}.',
  MODEL_MISSING: 'The network file {file} is missing; reinstall, or run git checkout on it.',
  MODEL_DAMAGED:
    'The network file {file} is damaged: its SHA-256 is not the one it was shipped with; reinstall, or run git checkout on it.',
  MODEL_MISMATCHED:
    'The network file {file} was made for other weights than the ones beside it; reinstall, or run git checkout on the models folder.',
  MODEL_FAILED: 'The network could not read the window: {problem}.',
  LLM_MISSING:
    'There is no language model ({problem}); get one with brainnet models download, or set LLM_BACKEND to local and start LM Studio or Ollama.',
  LLM_OFF:
    'The language model is switched off (LLM_BACKEND is none); to switch it on, set LLM_BACKEND to embedded, auto or local.',
  LLM_UNREACHABLE:
    'The language model at {where} cannot be reached ({problem}); start it, or set LLM_BACKEND to embedded.',
  LLM_REFUSED: 'The language model at {where} refused the key; check it (LLM_API_KEY).',
  LLM_KEY_NEEDED: 'The language model at {where} wants a key; set LLM_API_KEY in the environment.',
  LLM_LIMITED: 'The language model at {where} has had too many requests; wait {wait}, then try again.',
  LLM_UNKNOWN_MODEL: '{where} has no language model named {model}; it has: {known}; {way}.',
  LLM_NO_VISION: 'The language model {model} cannot read pictures; it is given text instead.',
  LLM_NO_PROBABILITIES: 'The language model {model} does not tell the probabilities of its words.',
  LLM_FAILED:
    'The language model stopped ({problem}); nothing else was lost, and it is started again when it is next asked.',
  MODEL_CLOSED:
    'The language model that was asked was closed, since a setting or its file changed; ask again for the one in use now.',
  LLM_UNLOADABLE:
    'The language model {file} cannot be loaded ({problem}); name another with brainnet models use, or set LLM_BACKEND to local and start LM Studio or Ollama.',
  LLM_ANSWER_BAD: 'The answer of the language model cannot be used: {problem}.',
  LLM_OVER_BUDGET: 'The language model did not finish {symbol} within {limit}; the numeric decision stands.',
  LLM_OVER_BUDGET_AGAIN:
    'The language model was asked again and did not finish {symbol} within {limit}; the stored decision stands.',
  LLM_TOO_LONG:
    'The request has {tokens} tokens, and the language model can read {most}; nothing more could be left out: AGENT_MAX_TOKENS and what the model can read must be at least {needed}.',
  MODEL_FILE_DAMAGED:
    'The language model {file} is not used: {problem}; get it again with brainnet models download, or name another with brainnet models use.',
  MODEL_FILE_REFUSED: '{file} cannot be used as a language model: {problem}.',
  MODEL_FILE_GONE:
    'The language model {file} that you chose is not there; put it back, name another with brainnet models use, or go back with brainnet models use --default.',
  MODEL_FILE_BUSY: 'The language model is being {doing}; wait for it, or cancel it first.',
  MODEL_DOWNLOAD_FAILED: 'The language model cannot be downloaded from {where} ({problem}); {kept}.',
  MODEL_NO_SPACE:
    'The download needs {need} more, and the disk of {dir} has {free} free; make room, or choose another folder with --data-dir.',
  TOO_FEW_WINDOWS:
    'Fine-tuning needs at least {need} non-overlapping validation windows that the heads in force were not fitted on, and these bars give {have}; take more symbols or a longer history; where fine-tuned heads in force were fitted on these bars, roll back to the shipped ones first.',
  HEADS_UNUSABLE: 'The fine-tuned heads {file} are not used: {problem}.',
  UNKNOWN_HEADS: 'There are no fine-tuned heads {id}; there are: {known}.',
  FINETUNE_RUNNING: 'A fine-tuning run is under way; wait for it, or cancel it first.',
  DATA_DIR_BUSY:
    'Another Brainnet engine (process {pid}) is using {dir}; close it first, or choose another folder with --data-dir.',
  DATA_DIR_UNWRITABLE: 'The data folder {dir} cannot be written: {problem}.',
  DATABASE_DAMAGED: 'The database {file} is damaged; {outcome}, and nothing in it was changed.',
  DATABASE_NEWER:
    'The database {file} was written by a newer Brainnet (schema {found}, this one knows {known}); update Brainnet.',
  JOURNAL_LOST:
    'The journal {file} is {state}, and a backup of it is there: brainnet restore brings that of {date} back.',
  NO_BACKUP: 'There is no backup of the journal in {dir}; one is taken each day that Brainnet runs.',
  DATABASE_MISSING: 'There is no journal in {dir} yet; run an analysis first.',
  DISK_FULL: 'The disk is full: {what} was not stored, and everything stored before is kept.',
  UNKNOWN_DECISION: 'There is no decision {id}.',
  DECISION_DAMAGED:
    'The stored decision {id} cannot be read ({problem}); nothing in it was changed, and every other decision stands.',
  UNKNOWN_MEMORY: 'There is no memory {id}.',
  UNKNOWN_RUN: 'There is no run {id}.',
  UNKNOWN_REPLAY: 'There is no replay {id}.',
  REPLAY_RUNNING: 'A replay is under way ({id}); wait for it, or cancel it first.',
  REPLAY_NEEDED:
    'Live decisions that recalled setups of the replay {id}: {count}. Without it they cannot be made again (replay-decision); remove it all the same with --force.',
  REPLAY_CHANGED: 'The replay {id} cannot go on: {what} changed since it began; remove it, or start a new one.',
  CANCELLED: 'The work was cancelled; what had been decided is kept.',
  PORT_IN_USE: 'Port {port} is in use by another program; choose another with --port.',
  UNAUTHORIZED: 'This address needs the token that the server printed when it started.',
  RATE_LIMITED: 'Too many requests; wait a moment.',
  WRONG_NODE:
    'Brainnet needs Node 24 or newer, and this is Node {found}; start it through npm (npm start, npm run brainnet).',
  PAGE_MISSING: 'The page has not been built; run npm run build:page.',
  CLOSING: 'Brainnet is closing; nothing new is started.',
  INTERNAL: 'Something went wrong inside Brainnet; nothing stored was changed.',
} as const;

export type ErrorCode = keyof typeof ERROR_TEXTS;
export const ERROR_CODES = Object.keys(ERROR_TEXTS) as [ErrorCode, ...ErrorCode[]];

const Detail = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const ErrorDetails = z.record(z.string(), Detail);
export type ErrorDetails = z.infer<typeof ErrorDetails>;

/** An error as plain data: what crosses a process boundary and what a screen shows. */
export const ErrorData = z.object({ code: z.enum(ERROR_CODES), sentence: z.string(), details: ErrorDetails });
export type ErrorData = z.infer<typeof ErrorData>;

/** The sentence of `code` with its placeholders filled; a placeholder without a detail reads "?". */
export function errorSentence(code: ErrorCode, details: ErrorDetails = {}): string {
  return ERROR_TEXTS[code].replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '?'));
}

/** The only error that rooms throw on purpose. */
export class BrainnetError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(errorSentence(code, details), options);
    this.name = 'BrainnetError';
    this.code = code;
    this.details = details;
  }
  toData(): ErrorData {
    return { code: this.code, sentence: this.message, details: this.details };
  }
}

/** Any thrown value as plain data; what is not ours becomes INTERNAL, its text never shown. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof BrainnetError) return error.toData();
  return { code: 'INTERNAL', sentence: errorSentence('INTERNAL'), details: {} };
}
