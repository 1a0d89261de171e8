import type { ModelInfo } from '../../../../shared/domain/index.ts';
import { type Card, readCard, readWeights, requireWeights, statedWeights } from './card.ts';
import { figure, HELD_OUT, measuredSets, setTitle } from './measured.ts';
import { readReference, referenceBeside } from './reference.ts';

const HEADS = ['regime', 'direction', 'volatility'] as const;
type Head = (typeof HEADS)[number];

/**
 * The card as screens show it; cheap, loads no network.
 * @throws MODEL_MISSING, MODEL_DAMAGED (the size is not the stated one), MODEL_FAILED (no valid card)
 */
export function readModelInfo(cardFile: string, modelFile: string): ModelInfo {
  const card = readCard(cardFile);
  requireWeights(modelFile, statedWeights(card));
  return modelInfo(card);
}

/**
 * As `readModelInfo`, after the whole file and the reference beside the card have been checked against their SHA-256.
 * @throws MODEL_MISSING, MODEL_DAMAGED, MODEL_MISMATCHED, MODEL_FAILED
 */
export function verifyModel(modelFile: string, cardFile: string): ModelInfo {
  const card = readCard(cardFile);
  const weights = statedWeights(card);
  readWeights(modelFile, weights);
  readReference(referenceBeside(cardFile), weights.sha256);
  return modelInfo(card);
}

export function modelInfo(card: Card): ModelInfo {
  const weights = statedWeights(card);
  return {
    name: card.name,
    architecture: card.architecture,
    file: card.file,
    bytes: weights.bytes,
    sha256: weights.sha256,
    parameters: card.parameters,
    windowBars: card.window,
    horizonBars: card.horizon,
    embeddingLength: card.features,
    trainedThrough: card.trainedThrough,
    trainedSymbols: card.trainedSymbols,
    calibratedOn: card.calibratedOn,
    heldOut: {
      set: setTitle(HELD_OUT),
      windows: card.metrics.sets.test_both.windows,
    },
    heads: HEADS.map((head) => headCard(card, head)),
    measured: measuredSets(card),
    ...(card.reliability ? { reliability: card.reliability } : {}),
  };
}

function headCard(card: Card, head: Head): ModelInfo['heads'][number] {
  const { convnext_tiny: network, class_prior: prior } = card.metrics.metrics.test_both;
  const measured = network[head];
  const { skilled, level, pictureAdds, sentence: worth } = card.skill[head];
  return {
    head,
    classes: [...card.classes[head]],
    label: card.labels[head],
    accuracy: figure(measured.accuracy),
    macroF1: figure(measured.macro_f1),
    logLoss: figure(measured.log_loss),
    brier: figure(measured.brier),
    ece: figure(measured.ece),
    priorAccuracy: figure(prior[head].accuracy),
    skilled,
    level,
    verdict: verdict(head, level, percent(measured.accuracy), percent(prior[head].accuracy)),
    pictureAdds,
    worth,
  };
}

const percent = ([value]: readonly number[]) => `${(100 * value!).toFixed(1)} %`;

function verdict(head: Head, level: Card['skill'][Head]['level'], accuracy: string, prior: string): string {
  const hits = `right on ${accuracy} of held-out windows, where always naming the commonest class is right on ${prior}`;
  if (head === 'regime') return `Describes the window, forecasts nothing: ${hits}.`;
  if (level === 'none') return `No skill measured: ${hits}. It is never a reason to trade, only to hold back.`;
  if (level === 'unproven') return `Small skill, not proven on symbols in years it never saw: ${hits}.`;
  return `${level === 'small' ? 'Small' : 'Strong'} skill: ${hits}; it sharpens the probabilities more than the hits.`;
}
