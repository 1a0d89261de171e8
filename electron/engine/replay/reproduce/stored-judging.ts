import type { Decision } from '../../../../shared/domain/index.ts';
import { type Calibration, type CalibrationStore, fitCalibration, type Payoff } from '../../decision/index.ts';
import type { SetupMemory } from '../../memory/index.ts';
import type { GraphDeps } from '../../orchestrator/index.ts';

type Judging = GraphDeps['judging'];

/** What a stored decision was judged by: its version of the calibration, its payoff, its memory. */
export function storedJudging(
  { calibrations, outcomes, baseRates }: Judging,
  decision: Decision,
  memory: SetupMemory,
): Judging {
  return {
    memory,
    baseRates,
    calibrations: { get: calibrations.get, keep: () => {} },
    figures: { calibration: async () => calibrationOf(calibrations, decision) },
    outcomes: {
      payoff(filter, asOf) {
        const now = outcomes.payoff(filter, asOf);
        return isPayoffOf(now, decision) ? now : payoffOf(decision);
      },
    },
  };
}

/** Below 50 outcomes a decision names no version, but how many there were. */
function calibrationOf(calibrations: Pick<CalibrationStore, 'get'>, { pCorrect }: Decision): Calibration {
  const none = fitCalibration([], 0);
  if (pCorrect.state === 'uncalibrated') return { ...none, n: pCorrect.n };
  return calibrations.get(pCorrect.version) ?? none;
}

function isPayoffOf({ n, avgWin, avgLoss }: Payoff, { edge }: Decision): boolean {
  return edge?.n === n && (edge.breakEven === 0.5 || avgLoss / (avgWin + avgLoss) === edge.breakEven);
}

/** Outcomes settled since may be known by then: the stored break-even gives back the payoff but for its scale. */
const payoffOf = ({ edge }: Decision): Payoff => ({
  n: edge?.n ?? 0,
  avgWin: 1 - (edge?.breakEven ?? 0.5),
  avgLoss: edge?.breakEven ?? 0.5,
});
