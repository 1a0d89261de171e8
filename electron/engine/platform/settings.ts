import { existsSync, readFileSync } from 'node:fs';
import { holdsSecrets } from '../../../shared/address.ts';
import {
  CASED_SETTINGS,
  SETTING_ALLOWED,
  SETTING_DEFAULTS,
  type SettingName,
  Settings,
  type SettingView,
} from '../../../shared/domain/settings.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { writeFileAtomic } from './files.ts';

type Raw = Record<string, unknown>;
const NAMES = Object.keys(SETTING_DEFAULTS) as SettingName[];

/** Variables of the original that are accepted and have no effect here. */
const WITHOUT_EFFECT: Record<string, string> = {
  CHROMA_PERSIST_DIR: 'CHROMA_PERSIST_DIR has no effect: memory lies in SQLite.',
};

export interface SettingsStore {
  /** The values in force. */
  values(): Settings;
  view(): SettingView[];
  /** Writes one value to the settings file. @throws BAD_SETTING, DISK_FULL, FILE_UNWRITABLE */
  set(name: string, value: string | number): void;
  notices(): string[];
}

/**
 * Flag > environment > settings file > default (DESIGN 7).
 * @throws BAD_SETTING naming the variable, what it was and what it may be.
 */
export function openSettings(file: string, env: NodeJS.ProcessEnv, flags: Record<string, string> = {}): SettingsStore {
  let stored = readSettingsFile(file);
  const layers = () => [
    { origin: 'flag' as const, raw: flags as Raw },
    { origin: 'environment' as const, raw: env as Raw },
    { origin: 'file' as const, raw: stored },
  ];
  const resolve = () => NAMES.map((name) => resolveOne(name, layers()));
  let current = resolve();
  return {
    values: () => Object.fromEntries(current.map(({ name, value }) => [name, value])) as Settings,
    view: () => current,
    set(name, value) {
      if (!NAMES.includes(name as SettingName)) throw badName(name);
      const next = { ...stored, [name]: parseSetting(name as SettingName, value) };
      writeFileAtomic(file, `${JSON.stringify(next, null, 2)}\n`);
      stored = next;
      current = resolve();
    },
    notices: () =>
      Object.keys(WITHOUT_EFFECT)
        .filter((name) => env[name])
        .map((name) => WITHOUT_EFFECT[name]!),
  };
}

function resolveOne(name: SettingName, layers: { origin: SettingView['origin']; raw: Raw }[]): SettingView {
  const allowed = SETTING_ALLOWED[name];
  for (const { origin, raw } of layers) {
    const value = raw[name];
    if (value !== undefined && value !== '') return { name, value: parseSetting(name, value), origin, allowed };
  }
  return { name, value: SETTING_DEFAULTS[name], origin: 'default', allowed };
}

function parseSetting<N extends SettingName>(name: N, raw: unknown): Settings[N] {
  const wantsNumber = typeof SETTING_DEFAULTS[name] === 'number';
  const isText = typeof raw === 'string';
  const word = isText && (CASED_SETTINGS.has(name) ? raw.trim() : raw.trim().toLowerCase());
  const candidate = wantsNumber && word ? Number(word) : isText ? word : raw;
  const result = Settings.shape[name].safeParse(candidate);
  if (!result.success)
    throw new BrainnetError('BAD_SETTING', { name, value: shown(name, raw), allowed: SETTING_ALLOWED[name] });
  return result.data as Settings[N];
}

/** A value in a sentence; a list or an object, which a hand may have written into the file, and an address with a key by its kind alone. */
function shown(name: SettingName, raw: unknown): string {
  if (name === 'OLLAMA_BASE_URL' && holdsSecrets(`${raw}`)) return 'an address with a user, a password or a query';
  if (Array.isArray(raw)) return 'a list';
  return typeof raw === 'object' && raw !== null ? 'an object' : String(raw).slice(0, 60) || 'empty';
}

function badName(name: string): BrainnetError {
  return new BrainnetError('BAD_SETTING', {
    name: 'the setting',
    value: name.slice(0, 60),
    allowed: `one of ${NAMES.join(', ')}`,
  });
}

function readSettingsFile(file: string): Raw {
  if (!existsSync(file)) return {};
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    raw = null;
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new BrainnetError('BAD_SETTING', { name: file, value: 'not readable', allowed: 'a JSON object of settings' });
  }
  const unknown = Object.keys(raw).find((name) => !NAMES.includes(name as SettingName));
  if (unknown) throw badName(unknown);
  return raw as Raw;
}
