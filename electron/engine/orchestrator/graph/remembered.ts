import type { MemoryContext } from '../../../../shared/domain/index.ts';
import type { Remembered } from '../../agents/index.ts';
import type { AnalysisState } from './state.ts';

/**
 * What memory says to a setup, a sentence each with the time it became known: the setups that were recalled, without symbol and date, what
 * was learnt, as of now, and written memories, a line each.
 * @param asOf UTC ms
 */
export function rememberedIn(
  { looks, notes }: Pick<AnalysisState, 'looks' | 'notes'>,
  written: Pick<MemoryContext, 'text'>,
  asOf: number,
): Remembered[] {
  const recalled = looks.flatMap(({ look }) => look.recalled ?? []);
  return [
    ...recalled.map(({ regime, won, asOf: at }) => ({
      text: `Similar setup, ${regime.replace('_', '-')}: ${won ? endOf(won) : 'open'}.`,
      time: Date.parse(at),
    })),
    ...notes.map(({ sentence }) => ({ text: sentence, time: asOf })),
    ...written.text
      .split('\n')
      .slice(1)
      .map((text) => ({ text, time: knownAt(text) ?? asOf })),
  ];
}

function endOf({ long, short }: { long: boolean; short: boolean }): string {
  if (long === short) return long ? 'long and short won' : 'neither long nor short won';
  return long ? 'long won, short did not' : 'short won, long did not';
}

/** The day that a line of written memory begins with, as `[note, AAPL, known 2024-05-01] "..."`; its quoted words come after it. */
function knownAt(line: string): number | null {
  const day = /^[^"]*?known (\d{4}-\d{2}-\d{2})\]/.exec(line)?.[1];
  return day === undefined ? null : Date.parse(day);
}
