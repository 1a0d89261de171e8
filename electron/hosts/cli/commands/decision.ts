import type { Decision } from '../../../../shared/domain/index.ts';
import { openJournalReader } from '../../../engine/journal-reader.ts';
import type { Context } from '../context.ts';
import { table } from '../table.ts';

/** Prints one stored decision, whole; reads beside a running engine. */
export async function run({ out, dataDir }: Context, [id]: readonly string[]): Promise<number> {
  const journal = openJournalReader(dataDir);
  try {
    const decision = journal.get(id!);
    out.data({ type: 'decision', decision });
    out.text(describe(decision));
    return 0;
  } finally {
    journal.close();
  }
}

function describe(decision: Decision): string {
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
    ...list('Held because:', decision.holdReasons),
    ...list('For it:', decision.evidenceFor),
    ...list('Against it:', decision.evidenceAgainst),
    table(['round', 'looks added', 'regime', 'C', 'proposed'], rounds),
    `Window ${decision.window.bars} bars, SHA-256 ${decision.window.hash}; network on ${provenance.executionProvider}; sample status ${decision.sampleStatus}.`,
    `Content SHA-256 ${decision.contentHash}`,
  ].join('\n');
}
