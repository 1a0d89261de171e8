import { countedSentence, type DatedNotice } from '../notices.ts';
import type { SplitNote } from '../remote/unsplit.ts';

const REASONS = {
  'event-row': 'a row without prices that only marks a dividend or a split',
  'outside-session': 'outside the regular session',
  'held-back': 'Yahoo lags behind the market and has not finished the bar',
} as const;
type DropRule = keyof typeof REASONS;

/** Collects what was done to the rows of one answer. */
export interface Notes {
  /** Counts a row left out by its `time` (UTC ms); always true, so that a filter can end with it. */
  dropped(rule: DropRule, time: number): true;
  /** `at`: the bars or events (UTC ms) it speaks of; null where it holds for every bar, [] where it does not apply. */
  info(rule: string, bars: number, sentence: string, at: readonly number[] | null): void;
  splits(notes: readonly SplitNote[]): void;
  list(): DatedNotice[];
}

export function createNotes(): Notes {
  const times = new Map<DropRule, number[]>();
  const facts: DatedNotice[] = [];
  return {
    dropped(rule, time) {
      const struck = times.get(rule) ?? [];
      struck.push(time);
      times.set(rule, struck);
      return true;
    },
    info(rule, bars, sentence, at) {
      if (at === null || at.length > 0) facts.push({ rule, effect: 'info', bars, sentence, at });
    },
    splits(notes) {
      for (const note of notes) facts.push(splitNotice(note));
    },
    list() {
      const drops = [...times].map(([rule, at]): DatedNotice => {
        const sentence = countedSentence(at.length, 'dropped', REASONS[rule]);
        return { rule, effect: 'dropped', bars: at.length, sentence, at };
      });
      return [...drops, ...facts];
    },
  };
}

function splitNotice({ split, bars, action }: SplitNote): DatedNotice {
  const date = new Date(split.time).toISOString().slice(0, 10);
  const name = split.ratio > 1 ? `${round(split.ratio)}:1` : `1:${round(1 / split.ratio)}`;
  const at = [split.time];
  if (action === 'undone') {
    const sentence = `prices before the ${name} split of ${date} were turned back into those of their day`;
    return { rule: 'split-undone', effect: 'info', bars, sentence, at };
  }
  const sentence = `Yahoo had not yet worked in the ${name} split of ${date}; prices were left, adjusted closes put right`;
  return { rule: 'split-late', effect: 'repaired', bars, sentence, at };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
