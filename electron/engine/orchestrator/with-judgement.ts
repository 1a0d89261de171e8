import type { HoldReason } from '../../../shared/domain/index.ts';
import type { DecisionContent } from '../decision/index.ts';
import type { Judgement } from './judging.ts';

/** The decision with what experience says to it; with EDGE_GATE=enforce a position whose edge is not shown becomes a hold. */
export function withJudgement(
  content: DecisionContent,
  { pCorrect, trackRecord, edge, memoryIds }: Judgement,
  recalled: readonly string[],
): DecisionContent {
  const seen = [...new Set([...recalled, ...memoryIds])];
  const judged = { ...content, pCorrect, trackRecord, edge, provenance: { ...content.provenance, memoryIds: seen } };
  if (edge.gate !== 'enforce' || content.action === 'hold' || edge.exceeds === true) return judged;
  const reason: HoldReason = { code: 'no_edge', sentence: edge.sentence };
  return { ...judged, action: 'hold', holdReasons: [...content.holdReasons, reason], edge: { ...edge, size: 0 } };
}
