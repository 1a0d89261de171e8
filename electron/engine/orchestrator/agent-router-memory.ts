import type { Decision, Feedback, InstrumentRef } from '../../../shared/domain/index.ts';
import type { KnowledgeBase, Records } from '../memory/index.ts';
import type { FeedbackMemory } from './agent-router.ts';

export interface FeedbackMemoryDeps {
  records: Pick<Records, 'add'>;
  knowledge: Pick<KnowledgeBase, 'addPattern' | 'logTradeOutcome'>;
  /** Runs `work` as one transaction of the journal. */
  together<T>(work: () => T): T;
}

/** Feedback as a memory; its words also as a pattern that later decisions of the symbol meet, its trade as a trade. All or nothing. */
export const createFeedbackMemory = ({ records, knowledge, together }: FeedbackMemoryDeps): FeedbackMemory => ({
  keep: (feedback, about, decision) =>
    together(() => {
      if (feedback.words !== '') addPattern(knowledge, feedback, about, decision);
      if (feedback.trade) knowledge.logTradeOutcome({ ...feedback.trade, ...subjectOf(about, decision) });
      return records.add({
        kind: 'feedback',
        title: titleOf(feedback, about, decision),
        text: feedback.words || `The position ended as a ${feedback.outcome ?? 'trade'}.`,
        ...subjectOf(about, decision),
        data: {
          ...(feedback.outcome && { outcome: feedback.outcome }),
          ...(feedback.trade && { trade: feedback.trade }),
        },
      });
    }),
});

const subjectOf = ({ symbol, interval }: InstrumentRef, decision: Decision | null) => ({
  symbol,
  ...(interval && { interval }),
  ...(decision && { regime: decision.regime, decisionId: decision.id }),
});

function titleOf({ outcome }: Feedback, { symbol }: InstrumentRef, decision: Decision | null): string {
  const subject = decision ? `the ${decision.action} on ${symbol} of ${decision.lastBarDate}` : symbol;
  return `Feedback on ${subject}${outcome ? `: ${outcome}` : ''}`;
}

/** The newest words on a symbol in a regime stand; its success rate is counted, not stated. */
function addPattern(
  knowledge: Pick<KnowledgeBase, 'addPattern'>,
  { words }: Feedback,
  { symbol, interval }: InstrumentRef,
  decision: Decision | null,
): void {
  const named = symbol.replaceAll(/[^\p{L}\p{N}._/-]/gu, '_');
  const parts = ['Feedback on', named, interval, decision?.regime.replace('_', ' ')];
  const scope = { symbol, interval, ...(decision && { regime: decision.regime }) };
  knowledge.addPattern(parts.filter(Boolean).join(' '), words, undefined, scope);
}
