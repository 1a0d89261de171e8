import type { Watchlist } from '../../../shared/domain/index.ts';
import { tellFailure } from '../../app/commands.ts';
import { api, queries } from '../../engine/index.ts';
import { asOfOf, defaultClock, seriesKey, setClock, stepClock, workspace } from '../../workspace/index.ts';

export const toLatest = () => setClock('latest');

/** A held key steps at most eight times a second: every step asks all panels anew. */
const STEP_MS = 125;
let steppedAt = 0;

/** Moves the clock one bar of the symbol on screen; at either end of its bars it stays. */
export async function stepClockOnce(step: 1 | -1): Promise<void> {
  const { symbol, clock } = workspace.get();
  if (!symbol || performance.now() - steppedAt < STEP_MS) return;
  steppedAt = performance.now();
  const asOf = asOfOf('latest');
  try {
    const series = await queries.read(seriesKey(symbol, 'latest'), () => api().market.series({ ...symbol, asOf }));
    const next = stepClock(series.time, clock, step, series.interval);
    if (next) setClock(next);
  } catch (error) {
    tellFailure(error);
  }
}

/** Sets the clock to the date that the list on screen opens with. */
export async function resetClock(): Promise<void> {
  try {
    const lists: Watchlist[] = await queries.read('watchlists', () => api().market.watchlists());
    setClock(defaultClock(lists.find((list) => list.name === workspace.get().list)));
  } catch (error) {
    tellFailure(error);
  }
}
