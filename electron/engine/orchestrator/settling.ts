import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Decision, InstrumentRef, Origin, Outcome, Source } from '../../../shared/domain/index.ts';
import { type ErrorData, toErrorData } from '../../../shared/errors.ts';
import { type JournalReader, type OutcomeStore, type Settleable, settle } from '../decision/index.ts';
import type { Market } from '../market/index.ts';
import type { SetupMemory } from '../memory/index.ts';
import type { Clock } from '../platform/index.ts';

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
  signal?: AbortSignal;
  onSettled?: (outcome: Outcome, decision: Decision) => void;
}

export interface SettleReport {
  settled: number;
  /** Decisions whose horizon has not passed in the bars at hand. */
  pending: number;
  /** Decisions whose bar is not in the series any more. */
  lost: number;
  failed: { symbol: string; source: Source; error: ErrorData }[];
}

/**
 * Settles every decision whose horizon has passed in the bars at hand. An instrument whose bars cannot be had is reported, and the
 * others are settled all the same; a settled outcome is on disk before the next one is looked at.
 */
export async function settleDue(deps: SettlingDeps, request: SettleRequest): Promise<SettleReport> {
  const report: SettleReport = { settled: 0, pending: 0, lost: 0, failed: [] };
  const { origin, replayId, symbol } = request;
  const due = deps.outcomes.pending({ origin, replayId, symbol });
  const instruments = Map.groupBy(due, ({ source, symbol, interval }) => `${source} ${symbol} ${interval}`);
  for (const decisions of instruments.values()) {
    if (request.signal?.aborted) break;
    await nextTurn();
    await settleInstrument(deps, request, decisions, report);
  }
  return report;
}

async function settleInstrument(
  deps: SettlingDeps,
  request: SettleRequest,
  decisions: readonly Settleable[],
  report: SettleReport,
): Promise<void> {
  const { symbol, source, interval } = decisions[0]!;
  const ref: InstrumentRef = { symbol, source, interval };
  try {
    const all = await deps.market.series(ref, undefined, request.signal);
    for (const waiting of decisions) {
      const settlement = await settle(deps.market, all, waiting, deps.clock.now());
      report[settlement.state]++;
      if (settlement.state === 'settled') keep(deps, request, settlement.outcome);
    }
  } catch (error) {
    report.failed.push({ symbol, source, error: toErrorData(error) });
  }
}

function keep(deps: SettlingDeps, { onSettled }: SettleRequest, outcome: Outcome): void {
  const decision = deps.journal.get(outcome.decisionId);
  deps.together(() => {
    if (!deps.outcomes.add(outcome, decision)) return;
    deps.memory.resolve(outcome.decisionId, {
      knownAt: Date.parse(outcome.knownAt),
      longWon: outcome.long.result === 'win',
      shortWon: outcome.short.result === 'win',
      longReturn: outcome.long.grossReturn,
    });
  });
  onSettled?.(outcome, decision);
}
