import type { Market } from '../market/index.ts';
import type { SetupMemory } from '../memory/index.ts';
import {
  type Analyzer,
  createAnalyzer,
  createBaseRateBook,
  type GraphDeps,
  NO_KNOWLEDGE,
} from '../orchestrator/index.ts';
import type { HeadedConvnext } from '../vision/index.ts';
import type { CalibrationMemory } from './calibration-memory.ts';
import type { Plan } from './plan.ts';

export interface ReplayAnalyzerDeps {
  market: Market;
  memory: SetupMemory;
  judging: GraphDeps['judging'];
  calibrations: Pick<CalibrationMemory, 'calibration'>;
  engineVersion: string;
}

/**
 * The graph that live decisions go through, with figures that are only made anew when they can have changed. It knows nothing that was
 * written or learnt outside of the replay, and loses no figure by that: only the numeric judge decides here, and it reads looks, P(correct) and
 * track record, to which the notes of the knowledge base only stand beside as evidence. A language model would read notes; none is asked here.
 */
export function replayAnalyzer(deps: ReplayAnalyzerDeps, { instruments }: Plan, network: HeadedConvnext): Analyzer {
  const { market, memory, judging, calibrations, engineVersion } = deps;
  const readTo = Math.max(...instruments.map(({ series }) => series.asOf));
  const graph: GraphDeps = {
    ...{ market, memory, engineVersion },
    convnext: async () => network,
    knowledge: NO_KNOWLEDGE,
    judging: {
      ...judging,
      figures: calibrations,
      outcomes: rememberingPayoff(judging.outcomes),
      baseRates: createBaseRateBook(market, readTo),
    },
  };
  return createAnalyzer(graph, null);
}

type Payoffs = GraphDeps['judging']['outcomes'];

/** All that is decided at one time is weighed against the same payoff. */
function rememberingPayoff(outcomes: Payoffs): Payoffs {
  let last: { key: string; payoff: ReturnType<Payoffs['payoff']> } | null = null;
  return {
    payoff(filter, asOf) {
      const key = `${asOf} ${JSON.stringify(filter)}`;
      if (last?.key !== key) last = { key, payoff: outcomes.payoff(filter, asOf) };
      return last.payoff;
    },
  };
}
