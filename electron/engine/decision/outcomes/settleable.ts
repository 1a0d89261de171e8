import { Decision, HorizonBars } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { storedAs } from '../stored.ts';
import type { Settleable } from './settle.ts';

const Part = Decision.pick({ id: true, symbol: true, source: true, interval: true, action: true, costFraction: true });
const Stored = Part.extend({ horizonBars: HorizonBars, window: Decision.shape.window.pick({ end: true }) });

/** What settling needs of stored decisions; those that cannot be read are told of, and left out. */
export function settleables(
  rows: readonly { id: string; body: string }[],
  onDamaged: (error: BrainnetError) => void = () => {},
): Settleable[] {
  return rows.flatMap(({ id, body }) => {
    try {
      return settleable(id, body);
    } catch (error) {
      if (!(error instanceof BrainnetError)) throw error;
      onDamaged(error);
      return [];
    }
  });
}

/** @throws DECISION_DAMAGED */
function settleable(id: string, body: string): Settleable {
  const { symbol, source, interval, action, horizonBars, costFraction, window } = storedAs(Stored, id, body);
  return { id, symbol, source, interval, action, horizonBars, costFraction, window: { end: window.end } };
}
