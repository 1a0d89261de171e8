import { describe, expect, it } from 'vitest';
import { fixedBy, originLine } from '../../../renderer/screens/settings/setting-origin.ts';
import type { SettingView } from '../../../shared/domain/index.ts';

const setting = (origin: SettingView['origin'], value: string | number = 30, name = 'LLM_BUDGET_SECONDS') => ({
  ...{ name, value, origin, allowed: '' },
});

describe('where a setting comes from', () => {
  it('names the value, and the default where it is another', () => {
    expect(originLine(setting('default', 120))).toBe('LLM_BUDGET_SECONDS is 120, the default.');
    expect(originLine(setting('file'))).toBe('LLM_BUDGET_SECONDS is 30, from the settings file; the default is 120.');
    expect(originLine(setting('default', '', 'OLLAMA_MODEL'))).toBe('OLLAMA_MODEL is not set, the default.');
    expect(originLine(setting('file', 'phi', 'OLLAMA_MODEL'))).toBe('OLLAMA_MODEL is phi, from the settings file.');
  });

  it('says what stands above the page, and only then that nothing can be chosen', () => {
    expect(originLine(setting('environment'))).toBe(
      'LLM_BUDGET_SECONDS is 30, set by the environment, which stands above what is chosen here.',
    );
    expect(originLine(setting('flag'))).toMatch(/set by a flag when Brainnet was started/);
    expect([fixedBy(setting('file')), fixedBy(setting('default'))]).toEqual([null, null]);
  });
});
