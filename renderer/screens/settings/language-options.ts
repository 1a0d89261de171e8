import type { SettingOption } from './SettingChoice.tsx';

export const BACKENDS: readonly SettingOption[] = [
  {
    value: 'embedded',
    label: 'Embedded',
    description: 'Brainnet runs the model of the Models panel itself; nothing leaves this machine.',
  },
  {
    value: 'auto',
    label: 'Auto',
    description: 'The address below; without one, LM Studio or Ollama where they usually are, else the embedded model.',
  },
  { value: 'local', label: 'Local server', description: 'The address below; without one, LM Studio on this machine.' },
  {
    value: 'azure',
    label: 'Azure',
    description: 'Your deployment at the address below; what is judged is sent there.',
  },
  {
    value: 'hf',
    label: 'Hugging Face',
    description: 'Hugging Face, or the address below; what is judged is sent there.',
  },
  { value: 'none', label: 'None', description: 'The numeric judge decides alone.' },
];

export const BLINDNESS: readonly SettingOption[] = [
  {
    value: 'on',
    label: 'Blind',
    description: 'It sees no symbol, date or price level, so it cannot remember what followed.',
  },
  { value: 'off', label: 'Told', description: 'It is told symbol, dates and prices.' },
];

export const VISION: readonly SettingOption[] = [
  { value: 'false', label: 'Text', description: 'It reads the window in figures and words.' },
  {
    value: 'true',
    label: 'Picture and text',
    description: 'A model behind a server is shown the picture too; one that cannot see is given text.',
  },
];
