import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  AsOf,
  Decision,
  InstrumentRef,
  Interval,
  Origin,
  Outcome,
  OutcomeState,
  SettleReport,
  Source,
} from '../../../shared/domain/index.ts';
import { type BrainnetError, toErrorData } from '../../../shared/errors.ts';
import { type JournalReader, type OutcomeStore, outlookOf, settle } from '../decision/index.ts';
import type { Market } from '../market/index.ts';
import type { SetupMemory } from '../memory/index.ts';
import type { Clock } from '../platform/index.ts';
import { storeOutcome } from './recorder.ts';

export interface SettlingDeps {
  market: Pick<Market, 'series'>;
  journal: Pick<JournalReader, 'get'>;
  outcomes: OutcomeStore;
  memory: Pick<SetupMemory, 'resolve'>;
  /** Runs `work` as one transaction of the journal. */
  together<T>(work: () => T): T;
  clock: Clock;
}

export interface SettleRequest {
  origin: Origin;
  replayId?: string;
  /** Only this one; left out: every symbol with a pending decision. */
  symbol?: string;
  interval?: Interval;
  /** Only these; left out: all, those on the network included. */
  sources?: readonly Source[];
  /** Bars are read up to then; left out: up to the newest there are, for which a source on the network is asked. */
  barsUpTo?: AsOf;
  signal?: AbortSignal;
  onSettled?: (outcome: Outcome, decision: Decision) => void;
  /** Told of each one that has no outcome yet. */
  onWaiting?: (state: OutcomeState) => void;
}

/**
 * Settles every decision whose horizon has passed in the bars at hand. An instrument whose bars cannot be had is reported, and the
 * others are settled all the same; a settled outcome is on disk before the next one is looked at.
 */
export async function settleDue(deps: SettlingDeps, request: SettleRequest): Promise<SettleReport> {
  const report: SettleReport = { settled: 0, pending: 0, lost: 0, failed: [] };
  const { origin, replayId, symbol, interval } = request;
  for (const ref of deps.outcomes.pendingInstruments({ origin, replayId, symbol, interval }, request.sources)) {
    if (request.signal?.aborted) break;
    await nextTurn();
    await settleInstrument(deps, request, ref, report);
  }
  return report;
}

async function settleInstrument(
  deps: SettlingDeps,
  request: SettleRequest,
  ref: Required<InstrumentRef>,
  report: SettleReport,
): Promise<void> {
  const { origin, replayId, barsUpTo, signal } = request;
  try {
    const all = await deps.market.series(ref, barsUpTo, signal);
    const damaged = (error: BrainnetError) =>
      report.failed.push({ symbol: ref.symbol, source: ref.source, error: error.toData() });
    for (const waiting of deps.outcomes.pending({ ...ref, origin, replayId }, damaged)) {
      if (signal?.aborted) return;
      const settlement = await settle(deps.market, all, waiting, deps.clock.now());
      if (settlement.state === 'settled') {
        keep(deps, request, settlement.outcome, ref, report);
        await nextTurn();
        continue;
      }
      report[settlement.state]++;
      request.onWaiting?.(outlookOf(waiting.id, settlement, all, deps.clock.now()));
    }
  } catch (error) {
    if (!signal?.aborted) report.failed.push({ symbol: ref.symbol, source: ref.source, error: toErrorData(error) });
  }
}

/** A decision that cannot be read is reported, and stays open. */
function keep(
  deps: SettlingDeps,
  { onSettled }: SettleRequest,
  outcome: Outcome,
  { symbol, source }: Required<InstrumentRef>,
  report: SettleReport,
): void {
  let decision: Decision;
  try {
    decision = deps.journal.get(outcome.decisionId);
  } catch (thrown) {
    const error = toErrorData(thrown);
    if (error.code !== 'DECISION_DAMAGED') throw thrown;
    report.failed.push({ symbol, source, error });
    return;
  }
  deps.together(() => storeOutcome(deps, outcome, decision));
  report.settled++;
  onSettled?.(outcome, decision);
}
