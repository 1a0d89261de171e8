import type { SettingName, SettingView } from '../../../shared/domain/index.ts';
import { api, engine, toFailure, useStore } from '../../engine/index.ts';

let underWay: Promise<unknown> = Promise.resolve();

/** Resolves once the changes made so far are kept or refused. */
export const changesMade = () => underWay;

/** Sets it in the engine; null, or why it was refused in a sentence. */
export function setSetting(name: SettingName, value: string): Promise<string | null> {
  const setting = send(name, value);
  underWay = Promise.all([underWay, setting]);
  return setting;
}

async function send(name: SettingName, value: string): Promise<string | null> {
  try {
    const settings = await api().settings.set({ name, value });
    engine.set({ ...engine.get(), settings });
    return null;
  } catch (error) {
    return toFailure(error).sentence;
  }
}

export const useSetting = (name: SettingName): SettingView | undefined =>
  useStore(engine, (state) => state.settings.find((one) => one.name === name));
