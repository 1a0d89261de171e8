import { SETTING_DEFAULTS, type SettingName, type SettingView } from '../../../shared/domain/index.ts';

/** Who set a value that stands above what is chosen on the page; null where the page's choice holds. */
export function fixedBy({ origin }: SettingView): string | null {
  if (origin === 'flag') return 'set by a flag when Brainnet was started, which stands above what is chosen here';
  if (origin === 'environment') return 'set by the environment, which stands above what is chosen here';
  return null;
}

/** The value in force and where it comes from, in a sentence. */
export function originLine(setting: SettingView): string {
  const from = fixedBy(setting) ?? (setting.origin === 'file' ? fromFile(setting) : 'the default');
  return `${setting.name} is ${setting.value === '' ? 'not set' : setting.value}, ${from}.`;
}

function fromFile({ name, value }: SettingView): string {
  const usual = SETTING_DEFAULTS[name as SettingName];
  return `from the settings file${usual === '' || usual === value ? '' : `; the default is ${usual}`}`;
}
