import {
  type Action,
  LEAKAGE_VARIANTS,
  type LeakageResult,
  type LeakageVariant,
  type Side,
} from '../../../../shared/domain/index.ts';
import { wilson } from '../../decision/index.ts';
import type { Variant } from './variants.ts';

/** What a judge made of one window. */
export interface Judged {
  action: Action;
  /** The side that the setup leans to, and whether it won. */
  side: Side;
  won: boolean;
}

/** One window as it is, and otherwise. */
export type Compared = Record<Variant | 'shown', Judged>;

type Figures = Pick<LeakageResult, 'windows' | 'shownHitRate' | 'actions' | 'variants' | 'sentence'>;

/** How far decisions and hit rates part from those on the windows as they are. @param who the judge as a sentence names it @param windows at least one */
export function measure(who: string, windows: readonly Compared[]): Figures {
  const variants = LEAKAGE_VARIANTS.map((name) => variantFigures(name, windows));
  const actions = { long: 0, short: 0, hold: 0 };
  for (const { shown } of windows) actions[shown.action]++;
  return {
    windows: windows.length,
    shownHitRate: shareOf(windows, ({ shown }) => shown.won),
    ...{ actions, variants },
    sentence: sentenceOf(who, windows.length, variants),
  };
}

function variantFigures(name: Variant, windows: readonly Compared[]): LeakageVariant {
  return {
    name,
    actionDiffers: shareOf(windows, (window) => window[name].action !== window.shown.action),
    leanDiffers: shareOf(windows, (window) => window[name].side !== window.shown.side),
    hitRate: shareOf(windows, (window) => window[name].won),
    hitDifference: meanOf(windows.map((window) => Number(window[name].won) - Number(window.shown.won))),
  };
}

type Share = LeakageResult['shownHitRate'];

function shareOf(windows: readonly Compared[], holds: (window: Compared) => boolean): Share {
  const count = windows.filter(holds).length;
  const [low, high] = wilson(count, windows.length);
  return { value: count / windows.length, low, high };
}

/** Mean of paired differences with its normal 95 % interval. */
function meanOf(differences: readonly number[]): Share {
  const n = differences.length;
  const value = differences.reduce((sum, d) => sum + d, 0) / n;
  const variance = differences.reduce((sum, d) => sum + (d - value) ** 2, 0) / Math.max(1, n - 1);
  const margin = 1.96 * Math.sqrt(variance / n);
  return { value, low: value - margin, high: value + margin };
}

const WORDS: Record<Variant, string> = {
  hidden: 'with symbol and dates hidden',
  rescaled: 'with prices rescaled',
  perturbed: 'with the path moved by a tenth of a step',
};

function sentenceOf(who: string, n: number, variants: readonly LeakageVariant[]): string {
  const told = variants.map(({ name, actionDiffers }) => `${Math.round(actionDiffers.value * n)} ${WORDS[name]}`);
  const [hidden] = variants;
  const { value, low, high } = hidden!.hitDifference;
  const points = (share: number) => `${(100 * share).toFixed(1)}`;
  return `Of ${n} windows ${who} decided otherwise on ${told.join(', ')}; hiding symbol and dates changed the hit rate by ${points(value)} points (95 % interval ${points(low)} to ${points(high)}).`;
}
