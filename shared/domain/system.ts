import { z } from 'zod';
import { RunState } from './analysis.ts';
import { LanguageQueue } from './language.ts';
import { SettingView } from './settings.ts';

export const Check = z.object({
  name: z.string(),
  state: z.enum(['ok', 'warning', 'problem']),
  /** One sentence: what was found and, where it is not ok, what to do. */
  sentence: z.string(),
});
export type Check = z.infer<typeof Check>;

/** How the language model of the settings stands, as far as it may be asked. */
export const LanguageModelFinding = Check.omit({ name: true }).extend({
  /** A server on another machine that was left in peace; null where there is none such or it was asked. */
  unasked: z.string().nullable(),
});
export type LanguageModelFinding = z.infer<typeof LanguageModelFinding>;

/** Where a late or reconnecting page starts: apply events with a larger `seq` on top. */
export const Snapshot = z.object({
  seq: z.int(),
  version: z.string(),
  /** Where the journal was found damaged, with where it was set aside, or other things the user must know at start. */
  notices: z.array(z.string()),
  decisions: z.int(),
  runs: z.array(RunState),
  settings: z.array(SettingView),
  /** How the language model stands, in one sentence. */
  languageModel: z.string(),
  languageQueue: LanguageQueue,
});
export type Snapshot = z.infer<typeof Snapshot>;
