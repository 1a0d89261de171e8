import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { DIRECTIONS, REGIMES, Reliability, VOLATILITIES } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { sha256 } from '../../platform/index.ts';
import { readShipped, requireFile } from './manifest.ts';

const Interval = z.tuple([z.number(), z.number(), z.number()]);
const HeadFigures = z.object({
  accuracy: Interval,
  macro_f1: Interval,
  log_loss: Interval,
  brier: Interval,
  ece: Interval,
});
const Heads = z.object({ regime: HeadFigures, direction: HeadFigures, volatility: HeadFigures });
/** A label's own formula has figures of that head alone. */
const Methods = z.record(z.string(), Heads.partial());

const Skill = z.object({
  skilled: z.boolean(),
  level: z.enum(['none', 'unproven', 'small', 'strong']),
  pictureAdds: z.boolean().optional(),
  sentence: z.string().optional(),
});

/** The names and the order this version reads logits in. */
const classes = (names: readonly string[]) => z.array(z.string()).refine((found) => found.join() === names.join());

const Card = z.object({
  name: z.string(),
  architecture: z.string(),
  parameters: z.int(),
  file: z.string(),
  features: z.int(),
  window: z.int(),
  horizon: z.int(),
  classes: z.object({
    regime: classes(REGIMES),
    direction: classes(DIRECTIONS),
    volatility: classes(VOLATILITIES),
  }),
  labels: z.object({ regime: z.string(), direction: z.string(), volatility: z.string() }),
  trainedThrough: z.iso.date(),
  trainedSymbols: z.array(z.string()),
  calibratedThrough: z.iso.date(),
  calibratedOn: z.string(),
  symbolAliases: z.record(z.string(), z.string()),
  directionBaseRates: z.object({
    bullish: z.number(),
    bearish: z.number(),
    neutral: z.number(),
    windows: z.int(),
    source: z.string(),
  }),
  export: z.record(z.string(), z.object({ file: z.string(), bytes: z.int(), sha256: z.string() })),
  metrics: z.object({
    sets: z.object({ test_both: z.object({ windows: z.int() }) }).catchall(z.object({ windows: z.int() })),
    metrics: z
      .object({ test_both: z.object({ convnext_tiny: Heads, class_prior: Heads }).catchall(Heads.partial()) })
      .catchall(Methods),
  }),
  /** What the evaluation found each head to be worth, from its log-loss gain over the class prior. */
  skill: z.object({ regime: Skill, direction: Skill, volatility: Skill }),
  reliability: Reliability.optional(),
});
export type Card = z.infer<typeof Card>;

/** Size and SHA-256 of the weights as the card states them. */
export interface Weights {
  bytes: number;
  sha256: string;
}

/**
 * Reads the model card, as the manifest beside it states it.
 * @throws MODEL_MISSING where there is none, MODEL_FAILED where it is not a card this version understands, MODEL_DAMAGED where
 * it is not the one that was shipped
 */
export function readCard(cardFile: string): Card {
  requireFile(cardFile);
  const card = parseCard(cardFile);
  readShipped(cardFile);
  return card;
}

function parseCard(cardFile: string): Card {
  try {
    return Card.parse(JSON.parse(readFileSync(cardFile, 'utf8')));
  } catch (cause) {
    throw new BrainnetError('MODEL_FAILED', { problem: `its card ${path.basename(cardFile)} is not valid` }, { cause });
  }
}

/** The card's line about the file it ships with. */
export function statedWeights(card: Card): Weights {
  const entry = Object.values(card.export).find(({ file }) => file.split(' ')[0] === card.file);
  if (!entry) throw new BrainnetError('MODEL_FAILED', { problem: `its card does not state the hash of ${card.file}` });
  return { bytes: entry.bytes, sha256: entry.sha256 };
}

/**
 * Checks that the weights are there and have the stated size; cheap.
 * @throws MODEL_MISSING, MODEL_DAMAGED
 */
export function requireWeights(modelFile: string, stated: Weights): void {
  const file = path.basename(modelFile);
  const found = statSync(modelFile, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new BrainnetError('MODEL_MISSING', { file });
  if (found.size !== stated.bytes) throw new BrainnetError('MODEL_DAMAGED', { file });
}

/**
 * The weights' bytes, checked against the stated size and SHA-256.
 * @throws MODEL_MISSING, MODEL_DAMAGED
 */
export function readWeights(modelFile: string, stated: Weights): Buffer {
  requireWeights(modelFile, stated);
  const bytes = readFileSync(modelFile);
  if (sha256(bytes) !== stated.sha256) {
    throw new BrainnetError('MODEL_DAMAGED', { file: path.basename(modelFile) });
  }
  return bytes;
}
