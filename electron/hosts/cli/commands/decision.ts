import {
  type Decision,
  headsText,
  type OutcomeState,
  outcomeSentence,
  type Recalled,
} from '../../../../shared/domain/index.ts';
import { lookAhead, openJournalReader } from '../../../engine/journal-reader.ts';
import type { Context } from '../context.ts';
import { opinionLines } from '../opinion-text.ts';
import { table } from '../table.ts';

/** Prints one stored decision, whole; reads beside a running engine. */
export async function run({ out, dataDir }: Context, [id]: readonly string[]): Promise<number> {
  const journal = openJournalReader(dataDir);
  try {
    const decision = journal.get(id!);
    const outcome = await lookAhead(dataDir, decision, journal.outcomes([decision.id])[0]!);
    out.data({ type: 'decision', decision, outcome });
    out.text(describe(decision, outcome));
    return 0;
  } finally {
    journal.close();
  }
}

function describe(decision: Decision, outcome: OutcomeState): string {
  const { confidence, pCorrect, provenance } = decision;
  const rounds = decision.rounds.map((round) => [
    round.round,
    round.added.map((look) => look.kind).join(', '),
    round.regime,
    round.confidence.value.toFixed(3),
    round.proposed,
  ]);
  const list = (head: string, items: readonly { sentence: string }[]) =>
    items.length === 0 ? [] : [head, ...items.map(({ sentence }) => `- ${sentence}`)];
  return [
    `${decision.id}  stored ${decision.createdAt}`,
    `${decision.symbol} (${decision.source}, ${decision.interval}): ${decision.action} as of ${decision.asOf}, last close ${decision.lastClose} ${decision.currency}`,
    `Regime ${decision.regime}; signal confidence ${confidence.value.toFixed(3)} (threshold ${decision.threshold}), horizon ${decision.horizonBars} bars.`,
    pCorrect.sentence,
    `Track record: ${decision.trackRecord?.sentence ?? 'no similar setup that counts has a known outcome.'}`,
    ...(decision.edge
      ? [`Edge (${decision.edge.gate}): ${decision.edge.sentence}${sizeText(decision.edge.size)}`]
      : []),
    `Outcome: ${outcomeSentence(outcome, decision)}`,
    ...list('Held because:', decision.holdReasons),
    ...list('For it:', decision.evidenceFor),
    ...list('Against it:', decision.evidenceAgainst),
    table(['round', 'looks added', 'regime', 'C', 'proposed'], rounds),
    ...recalledTable(decision),
    ...opinionLines(decision),
    `Window ${decision.window.bars} bars, SHA-256 ${decision.window.hash}; network on ${provenance.executionProvider}, read by ${headsText(decision.heads)}; sample status ${decision.sampleStatus}.`,
    `Content SHA-256 ${decision.contentHash}`,
  ].join('\n');
}

const sizeText = (size: number): string => (size > 0 ? ` Suggested size ${(100 * size).toFixed(1)} % of equity.` : '');

const resultOf = (won: Recalled['won']): string => {
  if (!won) return 'not known then';
  return won.long ? 'a long won' : won.short ? 'a short won' : 'neither side won';
};

function recalledTable({ rounds }: Decision): string[] {
  const recalled = rounds.flatMap(({ added }) => added.flatMap((look) => look.recalled ?? []));
  if (recalled.length === 0) return [];
  const rows = recalled.map(({ symbol, asOf, regime, distance, won }) => [
    symbol,
    asOf.slice(0, 10),
    regime,
    distance.toFixed(2),
    resultOf(won),
  ]);
  return [table(['recalled', 'as of', 'regime', 'distance', 'what happened'], rows)];
}
