import type {
  AsOf,
  FoundMemory,
  MemoryContext,
  MemoryContextQuery,
  MemoryImportReport,
  MemoryPage,
  MemoryQuery,
  MemoryRecord,
  MemoryState,
  NewMemory,
  NewPattern,
  PatternView,
  PruneReport,
  PruneRule,
  RegimeStat,
  StrategyStat,
  TradeOutcome,
  TradeView,
} from '../../shared/domain/index.ts';
import type { Memory } from './memory/index.ts';
import type { Clock } from './platform/index.ts';

const DAY = 86_400_000;

/** The memory as the contract shows it; what changes it is announced. */
export interface MemoryView {
  add(memory: NewMemory): MemoryRecord;
  search(query: MemoryQuery): Promise<FoundMemory[]>;
  context(query: MemoryContextQuery): Promise<MemoryContext>;
  prune(rule: PruneRule): PruneReport;
  page(after: number): MemoryPage;
  importLines(content: string): Promise<MemoryImportReport>;
  state(): MemoryState;
  patterns(asOf: AsOf | undefined): PatternView[];
  addPattern(pattern: NewPattern): PatternView;
  logOutcome(trade: TradeOutcome): MemoryRecord;
  amendOutcome(id: string, trade: TradeOutcome): MemoryRecord;
  trades(asOf: AsOf | undefined): TradeView[];
  withdraw(id: string): MemoryRecord;
  restore(id: string): MemoryRecord;
  regimes(asOf: AsOf | undefined): RegimeStat[];
  strategies(asOf: AsOf | undefined): StrategyStat[];
}

/** @param changed called after each change */
export function createMemoryView(
  { records, setups, knowledge, problem }: Memory,
  clock: Clock,
  changed: () => void,
): MemoryView {
  const now = () => clock.now();
  const announced = <T>(result: T): T => {
    changed();
    return result;
  };
  const known = (asOf: AsOf | undefined) => instantOf(asOf, now());
  return {
    add: (memory) => announced(records.get(records.add(memory))!),
    search({ asOf, likeDecision, limit = 20, ...query }) {
      const picture = likeDecision === undefined ? undefined : (setups.picture(likeDecision) ?? undefined);
      if (likeDecision !== undefined && !picture && !query.text) return Promise.resolve([]);
      return records.search({ ...query, picture, limit, asOf: known(asOf) });
    },
    context: ({ asOf, maxCharacters = 2000, ...query }) =>
      records.getContext({ ...query, maxCharacters, asOf: known(asOf) }),
    prune: (rule) => (rule.dryRun === false ? announced(records.prune(rule)) : records.prune(rule)),
    page: (after) => records.exportPage(after),
    importLines: async (content) => announced(await records.import(content)),
    state() {
      const { setups: remembered, settled } = setups.count();
      const asOf = new Date(now()).toISOString();
      return { asOf, setups: remembered, settledSetups: settled, records: records.counts(), problem: problem() };
    },
    patterns: (asOf) => knowledge.patterns(known(asOf)),
    addPattern({ name, description, successRate, ...scope }) {
      const id = announced(knowledge.addPattern(name, description, successRate, scope));
      return knowledge.patterns(now()).find((pattern) => pattern.id === id || pattern.name === name)!;
    },
    logOutcome: (trade) => announced(records.get(knowledge.logTradeOutcome(trade))!),
    amendOutcome: (id, trade) => announced(records.get(knowledge.amendTradeOutcome(id, trade))!),
    trades: (asOf) => knowledge.trades(known(asOf)),
    withdraw(id) {
      records.withdraw(id);
      return announced(records.get(id)!);
    },
    restore(id) {
      records.restore(id);
      return announced(records.get(id)!);
    },
    regimes: (asOf) => knowledge.regimeStats(known(asOf)),
    strategies: (asOf) => knowledge.strategyPerformance(known(asOf)),
  };
}

/** An as-of without an instrument: a bare date is the end of that day in UTC; none is now. */
function instantOf(asOf: AsOf | undefined, now: number): number {
  if (asOf === undefined) return now;
  return asOf.length === 10 ? Date.parse(asOf) + DAY : Date.parse(asOf);
}
