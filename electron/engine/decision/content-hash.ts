import type { Decision } from '../../../shared/domain/index.ts';
import { canonicalJson, sha256 } from '../platform/index.ts';

/** Everything of a decision that the same input must give again, byte for byte: identifiers and clock times are left out. */
export type DecisionContent = Omit<Decision, 'id' | 'runId' | 'origin' | 'replayId' | 'createdAt' | 'contentHash'>;

/** SHA-256 of the canonical JSON of the content. */
export const contentHash = (content: DecisionContent): string => sha256(canonicalJson(content));

/** The content of a stored decision, for comparing it with a repeated one. */
export function contentOf(decision: Decision): DecisionContent {
  const {
    id: _id,
    runId: _run,
    origin: _origin,
    replayId: _replay,
    createdAt: _at,
    contentHash: _hash,
    ...content
  } = decision;
  return content;
}
