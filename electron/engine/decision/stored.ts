import type { z } from 'zod';
import { Decision, DecisionSummary } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';

/**
 * A decision as it was stored, to the byte that its hash is over: counts of a server that an earlier version believed stay as they are.
 * @throws DECISION_DAMAGED where it is not of the form of a decision
 */
export function storedDecision(id: string, body: string): Decision {
  return storedAs(Decision, id, body);
}

/** The same where only some of it is asked for. @throws DECISION_DAMAGED */
export function storedAs<T>(schema: z.ZodType<T>, id: string, body: string): T {
  const read = readAs(schema, body);
  if ('problem' in read) throw new BrainnetError('DECISION_DAMAGED', { id, problem: read.problem });
  return read.stored;
}

/** A line of the history as it was stored; null where it is not of the form of one. */
export function storedLine(summary: string): DecisionSummary | null {
  const read = readAs(DecisionSummary, summary);
  return 'problem' in read ? null : read.stored;
}

/** A stored decision; null where there is none, or none that can be read. */
export function readableDecision(journal: { get(id: string): Decision }, id: string): Decision | null {
  try {
    return journal.get(id);
  } catch (error) {
    if (error instanceof BrainnetError && ['UNKNOWN_DECISION', 'DECISION_DAMAGED'].includes(error.code)) return null;
    throw error;
  }
}

function readAs<T>(schema: z.ZodType<T>, text: string): { stored: T } | { problem: string } {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return { problem: 'it is not JSON' };
  }
  const { error } = schema.safeParse(stored);
  if (!error) return { stored: stored as T };
  return { problem: `${error.issues[0]?.path.join('.') || 'it'} is not of its kind` };
}
