import type { LanguageQueue } from '../../../shared/domain/index.ts';

/** A model's name without what describes its file: "Phi-3.5-mini-instruct, 4 bits" is "Phi-3.5-mini-instruct". */
export const modelName = (model: string | null): string => model?.split(',')[0] || 'The language model';

const counted = (count: number, unit: string) => `about ${count} ${unit}${count === 1 ? '' : 's'}`;

/** Milliseconds as what one may expect: "about 9 minutes". */
export function roughTime(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return counted(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? counted(minutes, 'minute') : counted(Math.round(minutes / 60), 'hour');
}

/** "Phi-3.5-mini-instruct judges MSFT, 12 wait, about 9 minutes"; null where nothing waits. */
export function queueLine({ model, current, waiting, leftMs }: LanguageQueue): string | null {
  if (current.length === 0 && waiting === 0) return null;
  const parts = [
    ...(current.length === 0 ? [] : [`${modelName(model)} judges ${current.join(' and ')}`]),
    ...(waiting === 0 ? [] : [`${waiting} wait${waiting === 1 ? 's' : ''}`]),
    leftMs === null ? 'not timed yet' : roughTime(leftMs),
  ];
  return parts.join(', ');
}

export interface Expected {
  /** A word or two. */
  short: string;
  sentence: string;
}

/** What the language model will take for a list, by what a symbol has taken so far; null where there is none. */
export function expectedTime({ available, model, meanMs }: LanguageQueue, symbols: number): Expected | null {
  if (!available || symbols === 0) return null;
  const name = modelName(model);
  const after = `The numeric decisions come first; ${name === modelName(null) ? 'the language model' : name} then judges each symbol from a queue.`;
  if (meanMs === null)
    return { short: 'not timed yet', sentence: `${after} How long it takes is measured with the first.` };
  const [all, each] = [roughTime(symbols * meanMs), roughTime(meanMs)];
  const list = symbols === 1 ? 'the one symbol' : `the ${symbols} symbols`;
  return { short: all, sentence: `${after} For ${list} of this list it takes ${all}: ${each} each, as measured.` };
}
