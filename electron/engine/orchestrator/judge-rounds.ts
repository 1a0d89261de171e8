import { certaintyText, type Decision, type HoldReason, type Look, type Round } from '../../../shared/domain/index.ts';
import { judgeNumerically } from '../agents/index.ts';
import type { Series } from '../market/index.ts';
import {
  type CheckedWindow,
  type Convnext,
  features,
  type HeadedConvnext,
  scaleWindow,
  scores,
} from '../vision/index.ts';
import type { ReadLook } from './looks.ts';

/** What the window shows, before anyone judges it. */
export interface Picture extends CheckedWindow {
  series: Series;
  /** Scaled last close, -1 at the window's low and 1 at its high. */
  lastX: number;
  features: Decision['features'];
  scores: Decision['scores'];
}

export interface JudgedRound {
  round: Round;
  reasons: HoldReason[];
}

/** Everything a round of judging rests on. */
export interface Case {
  picture: Picture;
  /** As it reads this series. */
  convnext: Convnext;
  /** The same network for looks at other bars. */
  network: HeadedConvnext;
  /** The horizon is the one that the direction head speaks of, so it may veto. */
  directionSpeaks: boolean;
}

export function drawPicture(series: Series, { window, notices }: CheckedWindow): Picture {
  const x = scaleWindow(window.close);
  const measured = features(x);
  return { series, window, notices, lastX: x.at(-1)!, features: measured, scores: scores(measured) };
}

/** Judges all looks so far; `added` are those that round `number` brought. */
export function judgeRound(
  { picture, convnext, directionSpeaks }: Case,
  all: readonly ReadLook[],
  added: readonly ReadLook[],
  number: number,
  before?: Round,
): JudgedRound {
  const { reasons, ...opinion } = judgeNumerically({
    looks: all.map(({ look }) => look),
    trendScore: picture.features.trend_score,
    lastX: picture.lastX,
    directionBaseRates: directionSpeaks ? convnext.directionBaseRates : null,
    card: convnext.info,
  });
  const looks = added.map(({ look }) => look);
  return {
    round: { round: number, added: looks, ...opinion, sentence: sentenceOf(opinion, looks, number, before) },
    reasons,
  };
}

function sentenceOf(
  { regime, confidence }: Pick<Round, 'regime' | 'confidence'>,
  added: readonly Look[],
  number: number,
  before?: Round,
): string {
  const now = certaintyText(confidence.value);
  if (!before) return `The first look reads ${regime.replace('_', '-')} with C ${now}.`;
  const looks = added.length === 1 ? '1 look' : `${added.length} looks`;
  const novel = added.filter((look) => look.novelty?.flagged).length;
  const leftOut = novel === 0 ? '' : ` (${novel} not pooled, as unlike anything the network was trained on)`;
  return `Round ${number} added ${looks}${leftOut}; C moved from ${certaintyText(before.confidence.value)} to ${now}.`;
}
