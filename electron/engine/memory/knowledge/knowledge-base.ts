import type {
  NewPattern,
  PatternView,
  RegimeStat,
  StrategyStat,
  TradeOutcome,
  TradeView,
} from '../../../../shared/domain/index.ts';
import type { Clock, Database } from '../../platform/index.ts';
import type { MemoryFaults } from '../faults.ts';
import type { RecordStore } from '../records/record-store.ts';
import { type Note, type NotesQuery, notesFor } from './notes.ts';
import { addPattern, patternsOf } from './patterns.ts';
import { regimeStats } from './regimes.ts';
import type { Experience } from './settled-setups.ts';
import { strategyPerformance } from './strategies.ts';
import { amendTradeOutcome, logTradeOutcome, tradeViews } from './trades.ts';

/** What was learnt, as figures with their n; everything as of a time (UTC ms). */
export interface KnowledgeBase {
  /** The id of its memory. @param successRate what its author says, 0 to 1 @throws INVALID_INPUT, DISK_FULL, FILE_UNWRITABLE */
  addPattern(
    name: string,
    description: string,
    successRate?: number,
    scope?: Pick<NewPattern, 'symbol' | 'interval' | 'regime' | 'side'>,
  ): string;
  /** The id of its memory. @throws INVALID_INPUT, DISK_FULL, FILE_UNWRITABLE */
  logTradeOutcome(trade: TradeOutcome): string;
  /** The id of the memory that takes its place. @throws UNKNOWN_MEMORY, INVALID_INPUT, DISK_FULL, FILE_UNWRITABLE */
  amendTradeOutcome(id: string, trade: TradeOutcome): string;
  /** The newest first. */
  trades(asOf: number): TradeView[];
  patterns(asOf: number, experience?: Experience): PatternView[];
  regimeStats(asOf: number, experience?: Experience): RegimeStat[];
  strategyPerformance(asOf: number): StrategyStat[];
  /** Patterns that fit a setup, as evidence; none where the memory cannot be read. */
  notesFor(query: NotesQuery): Note[];
}

const LIVE: Experience = { origin: 'live' };

export function createKnowledgeBase(
  database: Database,
  store: Pick<RecordStore, 'add' | 'get' | 'replace'>,
  clock: Clock,
  faults: MemoryFaults,
): KnowledgeBase {
  return {
    addPattern: (name, description, successRate, scope = {}) =>
      addPattern(store, { name, description, successRate, ...scope }),
    logTradeOutcome: (trade) => logTradeOutcome(store, clock, trade),
    amendTradeOutcome: (id, trade) => amendTradeOutcome(store, clock, id, trade),
    trades: (asOf) => tradeViews(database, asOf),
    patterns: (asOf, experience = LIVE) => patternsOf(database, asOf, experience),
    regimeStats: (asOf, experience = LIVE) => regimeStats(database, asOf, experience),
    strategyPerformance: (asOf) => strategyPerformance(database, asOf),
    notesFor(query) {
      try {
        return notesFor(database, query);
      } catch (error) {
        faults.tell(error);
        return [];
      }
    },
  };
}
