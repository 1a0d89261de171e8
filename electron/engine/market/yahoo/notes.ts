import type { Notice } from '../../../../shared/domain/index.ts';
import type { SplitNote } from '../remote/unsplit.ts';

const REASONS = {
  'event-row': 'a row without prices that only marks a dividend or a split',
  'outside-session': 'outside the regular session',
  'held-back': 'Yahoo lags behind the market and has not finished the bar',
} as const;
type DropRule = keyof typeof REASONS;

/** Collects what was done to the rows of one answer. */
export interface Notes {
  /** Counts a row left out; always true, so that a filter can end with it. */
  dropped(rule: DropRule): true;
  info(rule: string, bars: number, sentence: string, applies: boolean): void;
  splits(notes: readonly SplitNote[]): void;
  list(): Notice[];
}

export function createNotes(): Notes {
  const counts = new Map<DropRule, number>();
  const facts: Notice[] = [];
  return {
    dropped(rule) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
      return true;
    },
    info(rule, bars, sentence, applies) {
      if (applies) facts.push({ rule, effect: 'info', bars, sentence });
    },
    splits(notes) {
      for (const note of notes) facts.push(splitNotice(note));
    },
    list() {
      const drops = [...counts].map(([rule, bars]): Notice => {
        const count = `${bars} ${bars === 1 ? 'bar' : 'bars'}`;
        return { rule, effect: 'dropped', bars, sentence: `${count} dropped: ${REASONS[rule]}` };
      });
      return [...drops, ...facts];
    },
  };
}

function splitNotice({ split, bars, action }: SplitNote): Notice {
  const date = new Date(split.time).toISOString().slice(0, 10);
  const name = split.ratio > 1 ? `${round(split.ratio)}:1` : `1:${round(1 / split.ratio)}`;
  if (action === 'undone') {
    const sentence = `prices before the ${name} split of ${date} were turned back into those of their day`;
    return { rule: 'split-undone', effect: 'info', bars, sentence };
  }
  const sentence = `Yahoo had not yet worked in the ${name} split of ${date}; prices were left, adjusted closes put right`;
  return { rule: 'split-late', effect: 'repaired', bars, sentence };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
