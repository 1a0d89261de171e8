import type { Remembered } from '../../agents/index.ts';
import type { WrittenContext } from '../../memory/index.ts';
import type { AnalysisState } from './state.ts';

/**
 * What memory says to a setup, a sentence each with the time it became known: the setups that were recalled, without symbol and date, what
 * was learnt, as of now, and written memories, a line each, the oldest first.
 * @param asOf UTC ms
 */
export function rememberedIn(
  { looks, notes }: Pick<AnalysisState, 'looks' | 'notes'>,
  written: Pick<WrittenContext, 'oldestFirst'>,
  asOf: number,
): Remembered[] {
  const recalled = looks.flatMap(({ look }) => look.recalled ?? []);
  return [
    ...recalled.map(({ regime, won, asOf: at }) => ({
      text: `Similar setup, ${regime.replace('_', '-')}: ${won ? endOf(won) : 'open'}.`,
      time: Date.parse(at),
    })),
    ...notes.map(({ sentence }) => ({ text: sentence, time: asOf })),
    ...written.oldestFirst,
  ];
}

function endOf({ long, short }: { long: boolean; short: boolean }): string {
  if (long === short) return long ? 'long and short won' : 'neither long nor short won';
  return long ? 'long won, short did not' : 'short won, long did not';
}
