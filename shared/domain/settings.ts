import { z } from 'zod';
import { holdsSecrets } from '../address.ts';
import { EdgeGate } from './p-correct.ts';

const YES = ['true', '1', 'yes', 'on'];
const NO = ['false', '0', 'no', 'off'];
/** A switch, in any of the usual words. */
const Switch = z
  .union([z.string(), z.boolean()])
  .transform(String)
  .pipe(z.enum([...YES, ...NO]))
  .transform((word) => (YES.includes(word) ? ('true' as const) : ('false' as const)));
/** What a server may be named by: one line, empty = not set. */
const Name = z
  .string()
  .max(500)
  .regex(/^\P{Cc}*$/u);

/** Settings of DESIGN 7 that this version acts on, with what each may be. Names are those of the environment. */
export const Settings = z.object({
  CONFIDENCE_THRESHOLD: z.number().min(0).max(1),
  MAX_REFINEMENTS: z.int().min(0).max(3),
  LLM_BACKEND: z.enum(['embedded', 'auto', 'local', 'azure', 'hf', 'none']),
  /** Written to the settings file and shown, so it holds no key. */
  OLLAMA_BASE_URL: Name.refine((address) => !holdsSecrets(address)),
  OLLAMA_MODEL: Name,
  MEMORY_DB: z.enum(['sqlite']),
  WINDOW_BARS: z.int().min(32).max(256),
  HORIZON_BARS: z.int().min(1).max(256),
  COST: z.number().min(0).max(0.1),
  DEVICE: z.enum(['auto', 'cpu', 'cuda', 'coreml', 'dml']),
  LIVE_SOURCE: z.enum(['none', 'yahoo', 'stooq']),
  EDGE_GATE: EdgeGate,
  CALIBRATE_ON: z.enum(['both', 'live']),
  /** From what every round takes at a server, with a picture and without memories. */
  AGENT_MAX_TOKENS: z.int().min(4000).max(31_000),
  AGENT_TEMPERATURE: z.number().min(0).max(2),
  LLM_BUDGET_SECONDS: z.int().min(5).max(3600),
  /** Read and written for a symbol, with what is reused; from what its first round takes, with every answer asked for twice. */
  LLM_BUDGET_TOKENS: z.int().min(20_000).max(2_000_000),
  BLIND_MODE: z.enum(['on', 'off']),
  USE_VISION: Switch,
});
export type Settings = z.infer<typeof Settings>;
export type SettingName = keyof Settings;

export const SETTING_DEFAULTS: Settings = {
  CONFIDENCE_THRESHOLD: 0.78,
  MAX_REFINEMENTS: 3,
  LLM_BACKEND: 'embedded',
  OLLAMA_BASE_URL: '',
  OLLAMA_MODEL: '',
  MEMORY_DB: 'sqlite',
  WINDOW_BARS: 64,
  HORIZON_BARS: 16,
  COST: 0.001,
  DEVICE: 'auto',
  LIVE_SOURCE: 'none',
  EDGE_GATE: 'warn',
  CALIBRATE_ON: 'both',
  AGENT_MAX_TOKENS: 31_000,
  AGENT_TEMPERATURE: 0.1,
  LLM_BUDGET_SECONDS: 120,
  LLM_BUDGET_TOKENS: 200_000,
  BLIND_MODE: 'on',
  USE_VISION: 'false',
};

/** Settings whose capitals matter. */
export const CASED_SETTINGS: ReadonlySet<SettingName> = new Set<SettingName>(['OLLAMA_BASE_URL', 'OLLAMA_MODEL']);

/** What each setting may be, in words, for the error sentence. */
export const SETTING_ALLOWED: Record<SettingName, string> = {
  CONFIDENCE_THRESHOLD: 'a number from 0 to 1',
  MAX_REFINEMENTS: 'a whole number from 0 to 3',
  LLM_BACKEND: 'embedded, auto, local, azure, hf or none',
  OLLAMA_BASE_URL:
    'an http or https address such as http://localhost:1234, without a user, a password or a query (a key goes into LLM_API_KEY)',
  OLLAMA_MODEL: 'the name of a model at the server, of one line',
  MEMORY_DB: 'sqlite (PostgreSQL is not built yet)',
  WINDOW_BARS: 'a whole number from 32 to 256',
  HORIZON_BARS: 'a whole number from 1 to 256',
  COST: 'a fraction from 0 to 0.1 (0.001 is a tenth of a percent)',
  DEVICE: 'auto, cpu, cuda, coreml or dml',
  LIVE_SOURCE: 'none, yahoo or stooq',
  EDGE_GATE: 'off, warn or enforce',
  CALIBRATE_ON: 'both (live and replayed decisions) or live',
  AGENT_MAX_TOKENS: 'a whole number from 4000 to 31000',
  AGENT_TEMPERATURE: 'a number from 0 to 2',
  LLM_BUDGET_SECONDS: 'a whole number of seconds from 5 to 3600',
  LLM_BUDGET_TOKENS: 'a whole number from 20000 to 2000000',
  BLIND_MODE: 'on (the language model sees no symbol, date or price level) or off',
  USE_VISION: 'true or false (or 1, 0, yes, no, on, off)',
};

export const SettingOrigin = z.enum(['flag', 'environment', 'file', 'default']);
export const SettingView = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number()]),
  origin: SettingOrigin,
  allowed: z.string(),
});
export type SettingView = z.infer<typeof SettingView>;
