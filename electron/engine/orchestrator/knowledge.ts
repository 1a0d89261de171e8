import type { Evidence, Interval, Regime } from '../../../shared/domain/index.ts';

/** Which knowledge bears on a setup; `asOf` in UTC ms. */
export interface KnowledgeQuery {
  symbol: string;
  interval: Interval;
  regime: Regime;
  asOf: number;
}

/** What the knowledge base says to a setup, from records known by its as-of. */
export interface Knowledge {
  notesFor(query: KnowledgeQuery): Evidence[];
}

export const NO_KNOWLEDGE: Knowledge = { notesFor: () => [] };
