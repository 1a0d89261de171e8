import type { FittedSeries, HeadCard, ModelInfo, Reliability } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Convnext, Prediction } from '../convnext/index.ts';
import { type Logits, readingOf } from '../convnext/reading.ts';
import { listedName } from '../convnext/sample.ts';
import type { Heads } from './heads.ts';
import type { LinearHead } from './softmax-regression.ts';

/**
 * The network with fine-tuned heads in place of those that they were kept for; null leaves it as it is. Readings, logits, base rates, the
 * card and the sample status are those of the heads in force.
 * @param aliases other names of symbols, as the card has them
 * @throws HEADS_UNUSABLE where the heads belong to other weights
 */
export function withHeads(convnext: Convnext, heads: Heads | null, aliases: Record<string, string> = {}): Convnext {
  if (heads === null) return convnext;
  const { id, base, fitted, dims } = heads.content;
  const refuse = (problem: string) => new BrainnetError('HEADS_UNUSABLE', { file: `${id}.json`, problem });
  if (base !== convnext.modelHash) throw refuse('its heads were fitted on other weights');
  if (dims !== convnext.info.embeddingLength) throw refuse(`its heads take ${dims} features`);
  const tuned = (prediction: Prediction): Prediction => {
    const logits = tunedLogits(heads, prediction.logits, prediction.embedding);
    return { ...prediction, logits, reading: readingOf(logits) };
  };
  return {
    ...convnext,
    info: tunedInfo(convnext.info, heads),
    heads: { id, hash: heads.hash },
    directionBaseRates: directionShares(heads) ?? convnext.directionBaseRates,
    sampleStatus: (symbol, asOfMs) =>
      isFitted(fitted, symbol, asOfMs, aliases) ? 'training' : convnext.sampleStatus(symbol, asOfMs),
    predict: async (x, windowHash) => tuned(await convnext.predict(x, windowHash)),
    predictBatch: async (xs) => (await convnext.predictBatch(xs)).map(tuned),
  };
}

/** Logits of the heads in force from those of the shipped heads and the features: deterministic, in float64. */
export function tunedLogits({ linear }: Heads, shipped: Logits, features: Float32Array): Logits {
  const logits = { ...shipped };
  for (const { head, weights } of linear) logits[head] = apply(weights, shipped[head], features);
  return logits;
}

function apply({ scale, bias, weights }: LinearHead, shipped: readonly number[], features: Float32Array): number[] {
  return shipped.map((logit, k) => {
    let sum = scale * logit + bias[k]!;
    for (let j = 0; j < features.length; j++) sum += weights[k * features.length + j]! * features[j]!;
    return sum;
  });
}

/** Whether an as-of (UTC ms) of a symbol lies in what heads were fitted on; earlier ones count, since the heads know what followed. */
export function isFitted(
  fitted: readonly FittedSeries[],
  symbol: string,
  asOfMs: number,
  aliases: Record<string, string>,
): boolean {
  const known = listedName(symbol, aliases);
  return fitted.some((one) => listedName(one.symbol, aliases) === known && asOfMs <= Date.parse(one.through));
}

function directionShares({ content }: Heads): Convnext['directionBaseRates'] | null {
  const shares = content.heads.find(({ head }) => head === 'direction')?.classShares;
  if (!shares) return null;
  const [bullish = 0, bearish = 0, neutral = 0] = shares;
  return { bullish, bearish, neutral };
}

/**
 * The card with what changes under fine-tuned heads: what it was fitted on, and of each head that was replaced the word on it and its hit
 * rates, which are those of the validation windows. Its other figures stay those of the shipped head, and the word says so.
 */
export function tunedInfo(info: ModelInfo, heads: Heads | null): ModelInfo {
  if (heads === null) return info;
  const { content } = heads;
  const symbols = new Set([...info.trainedSymbols, ...content.fitted.map(({ symbol }) => symbol)]);
  const trainedThrough = [info.trainedThrough, content.trainedThrough].sort().at(-1)!;
  const cards = info.heads.map((card) => tunedCard(card, content));
  const reliability = info.reliability && tunedRates(info.reliability, content);
  return { ...info, trainedThrough, trainedSymbols: [...symbols], heads: cards, ...(reliability && { reliability }) };
}

function tunedCard(card: HeadCard, { id, heads, interval, fitted }: Heads['content']): HeadCard {
  const own = heads.find(({ head }) => head === card.head);
  if (!own) return card;
  const { level: _level, worth: _worth, pictureAdds: _adds, ...rest } = card;
  const symbols = fitted.length <= 6 ? fitted.map(({ symbol }) => symbol).join(', ') : `${fitted.length} symbols`;
  const where = `Measured on ${interval} bars of ${symbols} alone; elsewhere it has shown no skill.`;
  const verdict = `Fine-tuned (${id}). ${own.result.sentence} ${where} The held-out figures here are the shipped head's.`;
  return { ...rest, skilled: true, verdict };
}

function tunedRates(shipped: Reliability, { heads }: Heads['content']): Reliability {
  const own = Object.fromEntries(heads.map(({ head, hitRates }) => [head, hitRates]));
  const set = `${shipped.set}; of fine-tuned heads the validation windows of your own series that do not overlap`;
  return { ...shipped, set, heads: { ...shipped.heads, ...own } };
}
