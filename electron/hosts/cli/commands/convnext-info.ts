import path from 'node:path';
import {
  type Figure,
  governedLines,
  type HeadName,
  type HeadsVersion,
  type MeasuredSet,
  type ModelInfo,
  skillNote,
} from '../../../../shared/domain/index.ts';
import { packageRoot } from '../../../engine/platform/index.ts';
import { openTunedNetwork, verifyModel } from '../../../engine/vision/index.ts';
import type { Context } from '../context.ts';
import { table } from '../table.ts';

/**
 * Prints the card of the bundled network after checking the file's SHA-256, with the fine-tuned heads that are in force; needs no running
 * engine, and no data folder where there is none.
 */
export async function run({ out, dataDir }: Context): Promise<number> {
  const models = path.join(packageRoot(), 'models');
  const [modelFile, cardFile] = [path.join(models, 'convnext-tiny-gaf.onnx'), path.join(models, 'model-card.json')];
  const info = verifyModel(modelFile, cardFile);
  const unread = () => Promise.reject(new Error('the card is read without the network'));
  const { store } = openTunedNetwork(unread, path.join(dataDir, 'heads'), cardFile);
  const { inForce, problem, versions } = store.list();
  const heads = versions.find(({ id }) => id === inForce) ?? null;
  const told = { headsInForce: inForce, governs: heads?.governs ?? [], headsProblem: problem };
  out.data({ type: 'model', verified: true, ...told, ...info });
  out.text(describe(info, heads));
  if (problem) out.note(problem);
  return 0;
}

function describe(info: ModelInfo, heads: HeadsVersion | null): string {
  return [
    `${info.name}: ${info.architecture}`,
    `${info.file}: ${info.parameters} parameters, ${info.bytes} bytes`,
    `SHA-256 ${info.sha256}, verified`,
    `Reads windows of ${info.windowBars} bars, speaks of the next ${info.horizonBars}; embedding of ${info.embeddingLength}.`,
    `Fitted on bars through ${info.trainedThrough} of ${info.trainedSymbols.length} symbols: ${info.trainedSymbols.join(', ')}.`,
    `Temperatures fitted on ${info.calibratedOn}.`,
    ...headsLines(heads),
    ...info.heads.map(({ head, verdict }) => `${head}: ${verdict}`),
    ...info.heads.flatMap(({ worth }) => worth ?? []),
    ...(heads ? ['\nEvery verdict above and every table of held-out figures is of the shipped heads.'] : []),
    ...info.measured.flatMap((set) => info.heads.map(({ head }) => measuredTable(set, head))),
    ...reliabilityTables(info),
  ].join('\n');
}

/** Which series the fine-tuned heads in force read, and how they did there; all else is read by the shipped heads. */
function headsLines(heads: HeadsVersion | null): string[] {
  if (!heads) return ['Read by shipped heads.'];
  const { id, governs, trainedThrough, results } = heads;
  return [
    `Fine-tuned heads in force: ${id}, fitted through ${trainedThrough}. They read:`,
    ...governedLines(governs).map((line) => `  ${line}`),
    'and nothing else: every other symbol, interval and head is read by the shipped heads.',
    ...results.map(({ sentence }) => `  ${sentence}`),
  ];
}

const figure = ({ value, low, high }: Figure) => `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;

/** Every method's figures for one head on one held-out set, with 95 % intervals. */
function measuredTable({ title, windows, methods }: MeasuredSet, head: HeadName): string {
  const rows = methods.flatMap(({ title: method, heads }) => {
    const found = heads[head];
    if (!found) return [];
    const { accuracy, macroF1, logLoss, brier, ece } = found;
    return [[method, ...[accuracy, macroF1, logLoss, brier, ece].map(figure)]];
  });
  return `\n${head}, held out: ${title}, ${windows} windows\n${table([head, 'accuracy [95 %]', 'macro F1', 'log-loss', 'Brier', 'ECE'], rows)}`;
}

/** Per class, how often it was right where its probability lay in a bin. */
function reliabilityTables(info: ModelInfo): string[] {
  const { reliability, heads } = info;
  if (!reliability) return ['\nReliability by class: this card has no table of it.'];
  const percent = (share: number | null) => (share === null ? null : `${(100 * share).toFixed(1)} %`);
  return heads.map(({ head }) => {
    const rows = Object.entries(reliability.heads[head] ?? {}).flatMap(([name, bins]) =>
      bins
        .filter(({ n }) => n > 0)
        .map(({ from, to, n, meanProbability, hitRate, low, high }) => [
          name,
          `${from.toFixed(1)} to ${to.toFixed(1)}`,
          n,
          percent(meanProbability),
          percent(hitRate),
          `${percent(low)} to ${percent(high)}`,
        ]),
    );
    const note = skillNote(info, head);
    const title = `\n${head}, reliability${note ? ` (${note})` : ''}, on ${reliability.set}`;
    return `${title}\n${table(['class', 'probability', 'windows', 'mean', 'right in', '95 %'], rows)}`;
  });
}
