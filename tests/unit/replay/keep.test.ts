import { expect, it } from 'vitest';
import { keep, type Run } from '../../../electron/engine/replay/keep.ts';
import type { Decision, Outcome } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { storedDecision } from '../../support/journal.ts';

const at = '2013-02-01T05:00:00.000Z';
const side = { grossReturn: 0.02, result: 'win' } as Outcome['long'];

function outcomeOf({ id }: Decision): Outcome {
  return {
    ...{ decisionId: id, settledAt: at, knownAt: at, entryTime: at, exitTime: at, entryPrice: 1, exitPrice: 1 },
    ...{ long: side, short: side, result: 'win' },
  };
}

it('a decision of the replay that cannot be read any more stays open, and those beside it are settled', () => {
  const [good, damaged, gone] = [storedDecision(), storedDecision(), storedDecision()];
  const outcomes: string[] = [];
  const learnt: unknown[] = [];
  const state = { done: 5, decided: 5, refused: 0, inSample: 0, settled: 2, through: null };
  const run = {
    stored: { cursor: null, state },
    onStored: () => {},
    calibrations: { learn: (trip: unknown) => learnt.push(trip) },
    deps: {
      together: <T>(work: () => T) => work(),
      journal: {
        get(id: string) {
          if (id === damaged.id) throw new BrainnetError('DECISION_DAMAGED', { id, problem: 'it is not JSON' });
          if (id === gone.id) throw new BrainnetError('UNKNOWN_DECISION', { id });
          return good;
        },
      },
      outcomes: { get: () => null, add: ({ decisionId }: Outcome) => outcomes.push(decisionId) > 0 },
      memory: { resolve: () => {} },
      store: { save: () => {} },
    },
  } as unknown as Run;
  keep(run, [], [damaged, good, gone].map(outcomeOf));
  expect(outcomes).toEqual([good.id]);
  expect(learnt).toHaveLength(1);
  expect(run.stored.state.settled).toBe(3);
});
