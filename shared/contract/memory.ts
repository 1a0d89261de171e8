import { z } from 'zod';
import {
  AsOf,
  FoundMemory,
  MemoryContext,
  MemoryContextQuery,
  MemoryId,
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
} from '../domain/index.ts';
import { CSV_TEXT_BYTES } from '../limits.ts';
import { procedure } from './base.ts';

const Known = z.object({ asOf: AsOf.optional() });

export const memory = {
  /** What is remembered already is not added again; the answer is the one that stands. */
  add: procedure.input(NewMemory).output(MemoryRecord),
  search: procedure.input(MemoryQuery).output(z.array(FoundMemory)),
  context: procedure.input(MemoryContextQuery).output(MemoryContext),
  /** Takes a memory back: it is known until now, and no longer. @throws UNKNOWN_MEMORY, INVALID_INPUT where it is so already or was corrected */
  withdraw: procedure.input(z.object({ id: MemoryId })).output(MemoryRecord),
  /** Undoes that from now on; in between it stays unknown. @throws UNKNOWN_MEMORY, INVALID_INPUT where it was corrected */
  restore: procedure.input(z.object({ id: MemoryId })).output(MemoryRecord),
  prune: procedure.input(PruneRule).output(PruneReport),
  /** In pages of JSON lines, oldest first; `after` is the `next` of the page before. */
  export: procedure.input(z.object({ after: z.int().min(0).default(0) })).output(MemoryPage),
  /** JSON lines as `export` gives them; a line that cannot be used is refused and the others are kept. */
  import: procedure.input(z.object({ content: z.string().max(CSV_TEXT_BYTES) })).output(MemoryImportReport),
  state: procedure.route({ method: 'GET' }).output(MemoryState),
  knowledge: {
    patterns: procedure.input(Known).output(z.array(PatternView)),
    addPattern: procedure.input(NewPattern).output(PatternView),
    logOutcome: procedure.input(TradeOutcome).output(MemoryRecord),
    /** Another word on a trade, which takes the place of the one before from now on; closes an open one. @throws UNKNOWN_MEMORY, INVALID_INPUT */
    amendOutcome: procedure.input(z.object({ id: MemoryId, trade: TradeOutcome })).output(MemoryRecord),
    /** The newest first; those that are open are pending. */
    trades: procedure.input(Known).output(z.array(TradeView)),
    regimes: procedure.input(Known).output(z.array(RegimeStat)),
    strategies: procedure.input(Known).output(z.array(StrategyStat)),
  },
};
