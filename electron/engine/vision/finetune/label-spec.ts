import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { LabelSpec } from './labels.ts';

const Pair = z.tuple([z.number(), z.number().positive()]);
const CardLabels = z.object({
  window: z.int(),
  horizon: z.int(),
  null_moments: z.object({
    trend_T: Pair,
    dickey_fuller_t: Pair,
    log_recent_over_earlier_abs_return: Pair,
  }),
  metrics: z.object({ spec: z.object({ dir_cut: z.number(), vol_cuts: z.array(z.number()).length(3) }) }),
});

/**
 * The constants of the labels as the model card states them.
 * @throws MODEL_FAILED where it does not state them
 */
export function readLabelSpec(cardFile: string): LabelSpec {
  try {
    const card = CardLabels.parse(JSON.parse(readFileSync(cardFile, 'utf8')));
    const { trend_T, dickey_fuller_t, log_recent_over_earlier_abs_return } = card.null_moments;
    return {
      windowBars: card.window,
      horizonBars: card.horizon,
      directionCut: card.metrics.spec.dir_cut,
      volatilityCuts: card.metrics.spec.vol_cuts,
      nullMoments: { trend: trend_T, dickeyFuller: dickey_fuller_t, lateMoves: log_recent_over_earlier_abs_return },
    };
  } catch (cause) {
    const problem = `its card ${path.basename(cardFile)} does not state the formulas of its labels`;
    throw new BrainnetError('MODEL_FAILED', { problem }, { cause });
  }
}
