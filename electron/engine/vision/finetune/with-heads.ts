import { BrainnetError } from '../../../../shared/errors.ts';
import type { Convnext, Prediction } from '../convnext/index.ts';
import { type Logits, readingOf } from '../convnext/reading.ts';
import { type GoverningHeads, governing, isFitted, type SeriesName } from './governing.ts';
import type { Heads } from './heads.ts';
import type { LinearHead } from './softmax-regression.ts';
import { tunedInfo } from './tuned-info.ts';

/** A network that answers with its shipped heads, and knows which series fine-tuned ones govern. */
export interface HeadedConvnext extends Convnext {
  /** What governs a series, with the names of symbols that it goes by; absent = nothing does. */
  tuning?: { heads: Heads; aliases: Record<string, string> };
}

/**
 * The network with a version of heads in force; null leaves it as it is. Its own answers stay those of the shipped heads: `networkFor` asks
 * the heads that govern a series.
 * @param aliases other names of symbols, as the card has them
 * @throws HEADS_UNUSABLE where the heads belong to other weights
 */
export function withHeads(
  convnext: Convnext,
  heads: Heads | null,
  aliases: Record<string, string> = {},
): HeadedConvnext {
  if (heads === null) return convnext;
  const { id, base, dims } = heads.content;
  const refuse = (problem: string) => new BrainnetError('HEADS_UNUSABLE', { file: `${id}.json`, problem });
  if (base !== convnext.modelHash) throw refuse('its heads were fitted on other weights');
  if (dims !== convnext.info.embeddingLength) throw refuse(`its heads take ${dims} features`);
  return { ...convnext, tuning: { heads, aliases } };
}

/**
 * The network as it reads one series: with the fine-tuned heads that were validated on that symbol, source and interval, else with the shipped ones.
 * Readings, logits, base rates, the card and the sample status are those of the heads that answer. Windows of other bars of the series
 * (every second close, a coarser interval) are not what the heads were validated on: ask with their interval, or the network itself.
 */
export function networkFor({ tuning, ...convnext }: HeadedConvnext, series: SeriesName): Convnext {
  const own = tuning ? governing(tuning.heads, series, tuning.aliases) : null;
  if (!tuning || !own) return convnext;
  const { aliases } = tuning;
  const tuned = (prediction: Prediction): Prediction => {
    const logits = tunedLogits(own, prediction.logits, prediction.embedding);
    return { ...prediction, logits, reading: readingOf(logits) };
  };
  return {
    ...convnext,
    info: tunedInfo(convnext.info, own),
    heads: own.tuned,
    ...(own.regimeHead && { regimeHead: own.regimeHead }),
    directionBaseRates: directionShares(own) ?? convnext.directionBaseRates,
    sampleStatus: (symbol, asOfMs) =>
      symbol === series.symbol && isFitted(own, asOfMs, aliases) ? 'training' : convnext.sampleStatus(symbol, asOfMs),
    predict: async (x, windowHash) => tuned(await convnext.predict(x, windowHash)),
    predictBatch: async (xs) => (await convnext.predictBatch(xs)).map(tuned),
  };
}

/** Logits of the governing heads from those of the shipped heads and the features: deterministic, in float64. */
export function tunedLogits({ heads }: GoverningHeads, shipped: Logits, features: Float32Array): Logits {
  const logits = { ...shipped };
  for (const { stored, weights } of heads) logits[stored.head] = apply(weights, shipped[stored.head], features);
  return logits;
}

function apply({ scale, bias, weights }: LinearHead, shipped: readonly number[], features: Float32Array): number[] {
  return shipped.map((logit, k) => {
    let sum = scale * logit + bias[k]!;
    for (let j = 0; j < features.length; j++) sum += weights[k * features.length + j]! * features[j]!;
    return sum;
  });
}

function directionShares({ heads }: GoverningHeads): Convnext['directionBaseRates'] | null {
  const shares = heads.find(({ stored }) => stored.head === 'direction')?.stored.classShares;
  if (!shares) return null;
  const [bullish = 0, bearish = 0, neutral = 0] = shares;
  return { bullish, bearish, neutral };
}
