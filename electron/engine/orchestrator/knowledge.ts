import type { Interval, Origin, Regime } from '../../../shared/domain/index.ts';
import type { Note } from '../memory/index.ts';

/** Which knowledge bears on a setup; `asOf` in UTC ms. */
export interface KnowledgeQuery {
  symbol: string;
  interval: Interval;
  regime: Regime;
  asOf: number;
  /** Whose settled setups count; default live. */
  experience?: { origin: Origin | 'both'; replayId?: string | undefined };
}

/** What the knowledge base says to a setup, from records known by its as-of. */
export interface Knowledge {
  notesFor(query: KnowledgeQuery): Note[];
}

export const NO_KNOWLEDGE: Knowledge = { notesFor: () => [] };
