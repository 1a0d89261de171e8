import { type DecisionContent, fitCalibration } from '../../decision/index.ts';
import type { Market, Series } from '../../market/index.ts';
import { type AnalyzeTask, createAnalyzer, type GraphDeps, NO_KNOWLEDGE } from '../../orchestrator/index.ts';
import type { HeadedConvnext } from '../../vision/index.ts';

export interface ShownDeps {
  market: Market;
  memory: GraphDeps['memory'];
  engineVersion: string;
}

/** The live graph on bars that are handed to it, without any experience. @throws as analyzing */
export async function decideShown(
  deps: ShownDeps,
  network: HeadedConvnext,
  shown: Series,
  task: Pick<AnalyzeTask, 'settings' | 'signal' | 'language'>,
): Promise<DecisionContent> {
  const analyzer = createAnalyzer(
    {
      market: { ...deps.market, series: async () => shown },
      convnext: async () => network,
      engineVersion: deps.engineVersion,
      memory: { ...deps.memory, nearest: async () => [] },
      knowledge: NO_KNOWLEDGE,
      judging: WITHOUT_EXPERIENCE,
    },
    null,
  );
  const { symbol, source, interval } = shown;
  const { content } = await analyzer.analyze({
    ref: { symbol, source, interval },
    asOf: undefined,
    allowStale: true,
    experience: { origin: 'replay', replayId: '' },
    onStage: () => {},
    ...task,
  });
  return content;
}

const WITHOUT_EXPERIENCE: GraphDeps['judging'] = {
  outcomes: { payoff: () => ({ n: 0, avgWin: 0, avgLoss: 0 }) },
  calibrations: { keep: () => {}, get: () => null },
  figures: { calibration: async () => fitCalibration([], 0) },
  memory: { nearest: async () => [] },
  baseRates: { count: async () => ({ wins: 0, trips: 0 }) },
};
