import path from 'node:path';
import type { ModelInfo } from '../../../../shared/domain/index.ts';
import { packageRoot } from '../../../engine/platform/index.ts';
import { readModelInfo } from '../../../engine/vision/index.ts';
import type { Context } from '../context.ts';
import { table } from '../table.ts';

/** Prints the card of the bundled network; needs no data folder and no running engine. */
export async function run({ out }: Context): Promise<number> {
  const models = path.join(packageRoot(), 'models');
  const info = readModelInfo(path.join(models, 'model-card.json'), path.join(models, 'convnext-tiny-gaf.onnx'));
  out.data({ type: 'model', ...info });
  out.text(describe(info));
  return 0;
}

function describe(info: ModelInfo): string {
  const figure = ({ value, low, high }: { value: number; low: number; high: number }) =>
    `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
  const heads = info.heads.map((head) => [
    head.head,
    head.classes.length,
    figure(head.accuracy),
    figure(head.priorAccuracy),
    figure(head.ece),
  ]);
  return [
    `${info.name}: ${info.architecture}, ${info.parameters} parameters, ${info.bytes} bytes`,
    `SHA-256 ${info.sha256}`,
    `Reads windows of ${info.windowBars} bars, speaks of the next ${info.horizonBars}; embedding of ${info.embeddingLength}.`,
    `Fitted on bars through ${info.trainedThrough} of ${info.trainedSymbols.length} symbols; temperatures on ${info.calibratedOn}.`,
    `Held out: ${info.heldOut.set}, ${info.heldOut.windows} windows.`,
    table(['head', 'classes', 'accuracy [95 %]', 'of the prior', 'ECE'], heads),
    ...info.heads.map((head) => `${head.head}: ${head.verdict}`),
  ].join('\n');
}
