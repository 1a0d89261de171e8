import {
  type Action,
  type Evidence,
  type Features,
  type HeldOutCard,
  heldOutWords,
  isMeasuredLook,
  type Look,
  NO_HELD_OUT,
  type Reading,
  type Recalled,
  type Regime,
  type SampleStatus,
  type Scores,
  skillNote,
} from '../../../shared/domain/index.ts';

export interface EvidenceInput {
  regime: Regime;
  proposed: Action;
  features: Features;
  scores: Scores;
  lastX: number;
  looks: readonly Look[];
  /** The direction head's measure; null where it speaks of another horizon than the decision. */
  direction: { baseRates: Reading['direction'] } | null;
  /** Of the heads that read the window: what their probabilities were worth on held-out windows. */
  card: HeldOutCard;
  sampleStatus: SampleStatus;
}

export interface EvidenceLists {
  evidenceFor: Evidence[];
  evidenceAgainst: Evidence[];
}

type Side = 'for' | 'against' | null;
type Finding = { side: Side; code: string; sentence: string };

/** What in the window speaks for the reading and the proposed action, and what against it, each with its figure. */
export function gatherEvidence(input: EvidenceInput): EvidenceLists {
  const found = [
    noveltyFinding(input),
    ...lookFindings(input),
    trendFinding(input),
    extremeFinding(input),
    directionFinding(input),
  ];
  found.push(burstFinding(input), sampleFinding(input));
  const pick = (side: Side) =>
    found.filter((f) => f?.side === side).map((f) => ({ code: f!.code, sentence: f!.sentence }));
  return { evidenceFor: pick('for'), evidenceAgainst: pick('against') };
}

function lookFindings({ looks, regime, card }: EvidenceInput): Finding[] {
  return looks.map((look, i) => {
    if (i > 0 && look.novelty?.flagged) return leftOut(look);
    const p = look.reading.regime[regime];
    const worth = isMeasuredLook(look) ? heldOutWords(card, 'regime', regime, p) : NO_HELD_OUT;
    const sentence = look.recalled
      ? recalledSentence(look.recalled, regime, p)
      : `The network reads ${name(regime)} at ${percent(p)} (${worth}) in ${lookName(look)}.`;
    return { side: p >= 0.5 ? 'for' : 'against', code: lookCode(look), sentence };
  });
}

function recalledSentence(recalled: readonly Recalled[], regime: Regime, p: number): string {
  const resolved = recalled.flatMap(({ won }) => won ?? []);
  const wins = (side: 'long' | 'short') => resolved.filter((won) => won[side]).length;
  return `The ${recalled.length} nearest past setups were read as ${name(regime)} at ${percent(p)} on average (${NO_HELD_OUT}); a long would have won in ${wins('long')} of ${resolved.length}, a short in ${wins('short')}.`;
}

const UNLIKE = 'unlike anything the network was trained on (beyond the 99th percentile)';
const leftOut = (look: Look): Finding => ({
  side: 'against',
  code: lookCode(look),
  sentence: `The look at ${lookName(look)} is ${UNLIKE}, so it is left out of the pool.`,
});

function noveltyFinding({ looks }: EvidenceInput): Finding | null {
  if (!looks[0]?.novelty?.flagged) return null;
  return {
    side: 'against',
    code: 'novelty',
    sentence: `The window is ${UNLIKE}: the network's reading of it means little.`,
  };
}

function trendFinding({ features, regime, proposed }: EvidenceInput): Finding | null {
  const score = features.trend_score;
  const sentence = `The trend score is ${signed(score)} (+1 every later close is higher, -1 lower).`;
  if (regime === 'trending') return { side: Math.abs(score) >= 0.3 ? 'for' : 'against', code: 'trend_score', sentence };
  if (proposed === 'hold') return null;
  const against = proposed === 'long' ? score <= -0.3 : score >= 0.3;
  return against ? { side: 'against', code: 'trend_score', sentence } : null;
}

function extremeFinding({ lastX, regime }: EvidenceInput): Finding | null {
  if (regime !== 'mean_reverting') return null;
  const sentence = `The last close stands at ${signed(lastX)} of the window's range (-1 its low, +1 its high).`;
  return { side: Math.abs(lastX) >= 0.6 ? 'for' : 'against', code: 'range_position', sentence };
}

function directionFinding({ looks, proposed, direction: head, card }: EvidenceInput): Finding | null {
  if (proposed === 'hold') return null;
  if (!head)
    return {
      side: 'against',
      code: 'direction_head',
      sentence: 'The direction head speaks of another horizon, so it has no say here.',
    };
  const [own, opposite] = proposed === 'long' ? (['bullish', 'bearish'] as const) : (['bearish', 'bullish'] as const);
  const direction = looks[0]!.reading.direction;
  const lift = (side: 'bullish' | 'bearish') => direction[side] - head.baseRates[side];
  const side: Side = lift(own) >= lift(opposite) ? 'for' : 'against';
  const note = skillNote(card, 'direction');
  const told = (name: 'bullish' | 'bearish') => {
    const p = direction[name];
    return `${name} ${percent(p)}${note === 'no skill measured' ? '' : ` (${heldOutWords(card, 'direction', name, p)})`}`;
  };
  const sentence = `The direction head gives ${told(own)} and ${told(opposite)}${note ? `; direction: ${note}` : ''}.`;
  return { side, code: 'direction_head', sentence };
}

function burstFinding({ scores }: EvidenceInput): Finding | null {
  if (scores.burst < 5) return null;
  const sentence = `A few steps carry most of the window's movement (BURST ${scores.burst} of 10): one event may rule the picture.`;
  return { side: 'against', code: 'burst', sentence };
}

function sampleFinding({ sampleStatus }: EvidenceInput): Finding | null {
  if (sampleStatus === 'out') return null;
  const sentence =
    sampleStatus === 'training'
      ? 'In sample: the network was trained on this symbol at this time, so its reading here proves nothing.'
      : "The network's temperatures were fitted on this symbol at this time.";
  return { side: 'against', code: `sample_${sampleStatus}`, sentence };
}

const LOOK_NAMES: Record<Look['kind'], string> = {
  window: 'the window itself',
  earlier: 'the window one horizon earlier',
  'every-second-close': 'twice the span, every second close',
  memory: 'similar past setups',
  coarser: 'the next coarser timeframe',
};
const lookName = (look: Look): string => LOOK_NAMES[look.kind];
const lookCode = (look: Look): string => `look_${look.kind.replaceAll('-', '_')}`;
const name = (regime: Regime): string => regime.replace('_', '-');
/** Whole percent, rounded so that only certainty reads 100 %. */
const percent = (p: number): string => (p > 0.99 && p < 1 ? 'over 99 %' : `${(100 * p).toFixed(0)} %`);
const signed = (value: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(2)}`;
