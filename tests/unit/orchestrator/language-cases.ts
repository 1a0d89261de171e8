import type { LanguageAsk } from '../../../electron/engine/orchestrator/language/language-judge.ts';
import { seededRandom } from '../../bench/random.ts';

const KINDS = ['window', 'earlier', 'every-second-close', 'memory', 'coarser'];
const FEATURES =
  'diagonal_mean diagonal_std trend_score symmetry momentum recent_strength field_mean field_std persistence entropy cycle_strength cycle_period burst_share';
/** As the product words a recalled setup, of which a round recalls eight, and a pattern that was taught. */
export const RECALLED = 'Similar setup, quiet: long won, short did not.';
const EIGHT: readonly string[] = Array(8).fill(RECALLED);
const PATTERN =
  'The pattern "dip" ("a fall that ends") fits: of 12 settled cases 7 won (58 %, 95 % interval 32 % to 81 %).';

export type Ask = Omit<LanguageAsk, 'before' | 'signal'>;

/** What one symbol is asked about in four rounds: the window, two other looks, what memory recalls, and the coarser timeframe with a pattern. */
export function asksOf(seed: number, told: readonly string[] = EIGHT): Ask[] {
  const random = seededRandom(seed);
  const some = (names: string) => Object.fromEntries(names.split(' ').map((name) => [name, random()]));
  const looks = KINDS.map((kind) => ({
    look: {
      kind,
      reading: {
        regime: some('trending mean_reverting volatile quiet'),
        direction: some('bullish bearish neutral'),
        volatility: some('calm normal elevated explosive'),
      },
    },
  }));
  const close = Array.from({ length: 64 }, () => 512 + random());
  const series = {
    symbol: 'ZZQ',
    interval: '1d',
    currency: 'USD',
    timezone: 'UTC',
    close,
    time: [Date.UTC(2031, 6, 9)],
  };
  const picture = {
    series,
    window: { close },
    features: some(FEATURES),
    scores: { trend: 7, cycle: 1, burst: 2 },
    lastX: 0,
  };
  const subject = { picture, convnext: { info: { heads: [] } }, directionSpeaks: false };
  const rounds = [
    [1, []],
    [3, []],
    [4, told],
    [5, [...told, PATTERN]],
  ] as const;
  return rounds.map(([n, words], number) => {
    const memory = words.map((text, time) => ({ text, time }));
    const all = looks.slice(0, n);
    return { subject, looks: all, added: all, memory, number, horizonBars: 16 } as unknown as Ask;
  });
}
