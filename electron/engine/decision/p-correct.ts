import { type PCorrect, percent } from '../../../shared/domain/index.ts';
import { type Calibration, predictCorrect } from './calibration/index.ts';
import type { Lean } from './lean.ts';

/** P(correct) of a setup as a decision carries it, with its sentence. @param tuned a fine-tuned head read the regime, and the calibration is of such decisions alone */
export function pCorrectOf(calibration: Calibration, lean: Lean, confidence: number, tuned = false): PCorrect {
  const forecast = predictCorrect(calibration, lean, confidence);
  const { n, replayed, version } = calibration;
  if (!forecast)
    return {
      state: 'uncalibrated',
      n,
      sentence: `P(correct) is uncalibrated (n = ${n}${tuned ? ', read with these fine-tuned heads' : ''}): 50 settled decisions are needed, and late ones do not count.`,
    };
  const { value, low, high, baseRate } = forecast;
  const learnt = `learnt from ${n} settled decisions${tuned ? ' read with these fine-tuned heads' : ''}${replayed > 0 ? `, ${replayed} of them replayed` : ''}`;
  const sentence = `A ${lean.side} like this wins in ${percent(value, 1)} (95 % interval ${percent(low, 1)} to ${percent(high, 1)}), ${learnt}; any ${lean.side} wins in ${percent(baseRate, 1)}.`;
  return { state: 'calibrated', value, low, high, n, replayed, baseRate, ...lean, version, sentence };
}
