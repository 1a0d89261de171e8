import {
  type Decision,
  type Edge,
  type EdgeGate,
  type Origin,
  type PCorrect,
  percent,
  type TrackRecord,
} from '../../../shared/domain/index.ts';
import {
  type Calibration,
  type CalibrationStore,
  edgeOf,
  type Figures,
  type Lean,
  type OutcomeFilter,
  type OutcomeStore,
  pCorrectOf,
  wilson,
} from '../decision/index.ts';
import type { Neighbour, SetupMemory } from '../memory/index.ts';
import type { BaseRateBook } from './base-rate-book.ts';

export interface JudgingDeps {
  outcomes: Pick<OutcomeStore, 'payoff'>;
  calibrations: CalibrationStore;
  figures: Pick<Figures, 'calibration'>;
  memory: Pick<SetupMemory, 'nearest'>;
  baseRates: BaseRateBook;
}

/** What a setup is judged by: the decision's own figures, and whose experience may be drawn on. */
export interface Setup
  extends Pick<Decision, 'symbol' | 'source' | 'interval' | 'horizonBars' | 'costFraction' | 'judge'> {
  lean: Lean;
  /** SHA-256 of the network's weights. */
  model: string;
  /** SHA-256 of the fine-tuned head that read the regime; '' = the shipped one. */
  regimeHead: string;
  /** Signal confidence C. */
  confidence: number;
  proposed: boolean;
  /** UTC ms. */
  asOf: number;
  windowStart: number;
  embedding: Float32Array;
  experience: { origin: Origin | 'both'; replayId?: string | undefined };
  edgeGate: EdgeGate;
}

export interface Judgement {
  pCorrect: PCorrect;
  trackRecord: TrackRecord | null;
  edge: Edge;
  /** Decisions whose setups the track record rests on. */
  memoryIds: string[];
}

/** Similar past setups that a track record counts, where so many share no move. */
const TRACKED = 50;

/** P(correct), track record and edge of a setup, from what was known by its as-of and nothing later (DEFINITIONS 5 and 6). */
export async function judge(deps: JudgingDeps, setup: Setup): Promise<Judgement> {
  const { interval, horizonBars, costFraction, judge, model, regimeHead, experience, asOf } = setup;
  const filter: OutcomeFilter = { ...experience, interval, horizonBars, costFraction, judge, model, regimeHead };
  const calibration = await deps.figures.calibration(filter, asOf);
  remember(deps, calibration);
  const pCorrect = pCorrectOf(calibration, setup.lean, setup.confidence, regimeHead !== '');
  const neighbours = await similar(deps, setup);
  return {
    pCorrect,
    trackRecord: await trackRecordOf(deps, setup, neighbours),
    edge: edgeOf(setup.edgeGate, pCorrect, deps.outcomes.payoff(filter, asOf), setup.proposed),
    memoryIds: neighbours.map(({ decisionId }) => decisionId),
  };
}

function remember({ calibrations }: JudgingDeps, calibration: Calibration): void {
  if (calibration.n > 0) calibrations.keep(calibration);
}

function similar(deps: JudgingDeps, setup: Setup): Promise<Neighbour[]> {
  const { symbol, interval, horizonBars, costFraction, experience, asOf, embedding, windowStart } = setup;
  return deps.memory.nearest({
    ...{ embedding, k: TRACKED, asOf, resolved: true, interval, horizonBars, costFraction },
    ...experience,
    side: setup.lean.side,
    apartFrom: { symbol, from: windowStart },
    withoutOverlaps: true,
  });
}

async function trackRecordOf(
  deps: JudgingDeps,
  setup: Setup,
  neighbours: readonly Neighbour[],
): Promise<TrackRecord | null> {
  const n = neighbours.length;
  if (n === 0) return null;
  const { side } = setup.lean;
  const hits = neighbours.filter(({ outcome }) => (side === 'long' ? outcome!.longWon : outcome!.shortWon)).length;
  const baseRate = await baseRateOf(deps, setup, neighbours);
  const [low, high] = wilson(hits, n);
  const rate = hits / n;
  const replayed = neighbours.filter(({ origin }) => origin === 'replay').length;
  const replays = replayed === 0 || setup.experience.origin !== 'both' ? '' : `, ${replayed} of them replayed,`;
  const sentence = `Of the ${n} most similar past setups${replays} ${hits} won as a ${side} (${percent(rate)}, 95 % interval ${percent(low)} to ${percent(high)})${baseRate === null ? '' : `; on any bar of those symbols ${percent(baseRate)} did`}.`;
  return { side, n, hits, rate, low, high, baseRate, sentence };
}

/** Wins of that side over all ended trips of the neighbours' instruments; one whose bars are not at hand is left out; null where none are. */
async function baseRateOf(deps: JudgingDeps, setup: Setup, neighbours: readonly Neighbour[]): Promise<number | null> {
  const { horizonBars, costFraction, asOf, lean } = setup;
  const instruments = new Map(neighbours.map((setup) => [`${setup.source} ${setup.symbol} ${setup.interval}`, setup]));
  let [wins, trips] = [0, 0];
  for (const { symbol, source, interval } of instruments.values()) {
    const query = { ref: { symbol, source, interval }, side: lean.side, horizonBars, costFraction, asOf };
    const count = await deps.baseRates.count(query).catch(() => ({ wins: 0, trips: 0 }));
    wins += count.wins;
    trips += count.trips;
  }
  return trips === 0 ? null : wins / trips;
}
