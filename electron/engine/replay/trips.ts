import type { Decision, Outcome } from '../../../shared/domain/index.ts';
import { type Settleable, settle, tripOf } from '../decision/index.ts';
import { barEnd, type Market } from '../market/index.ts';
import { compareTexts } from '../platform/index.ts';
import { keyOf } from './ids.ts';
import type { Planned } from './plan.ts';

/** A decision that waits for its outcome, and when that will be known (UTC ms). */
interface Trip {
  decision: Settleable;
  planned: Planned;
  known: number;
}

export interface TripsDeps {
  market: Pick<Market, 'series'>;
  instruments: readonly Planned[];
  now: () => number;
}

/** The decisions of a replay that wait for their outcomes. */
export interface Trips {
  /** One whose horizon lies beyond the bars is not kept: it stays pending. */
  add(decision: Settleable): void;
  /** Outcomes known by `asOf` (UTC ms), the earliest first, ties by instrument; they wait no longer. @throws what `market.series` throws */
  due(asOf: number): Promise<Outcome[]>;
}

export function createTrips({ market, instruments, now }: TripsDeps): Trips {
  const byKey = new Map(instruments.map((planned) => [planned.key, planned]));
  let waiting: Trip[] = [];
  return {
    add(decision) {
      const planned = byKey.get(keyOf(decision));
      const known = planned && knownAt(planned, decision);
      if (planned && known !== null && known !== undefined) waiting.push({ decision, planned, known });
    },
    async due(asOf) {
      const ended = waiting.filter(({ known }) => known <= asOf);
      waiting = waiting.filter(({ known }) => known > asOf);
      ended.sort(
        (a, b) =>
          a.known - b.known ||
          compareTexts(a.decision.window.end, b.decision.window.end) ||
          compareTexts(a.planned.key, b.planned.key),
      );
      const outcomes: Outcome[] = [];
      for (const { decision, planned } of ended) {
        const settlement = await settle(market, planned.series, decision, now());
        if (settlement.state === 'settled') outcomes.push(settlement.outcome);
      }
      return outcomes;
    },
  };
}

function knownAt(
  { series }: Planned,
  { window, horizonBars }: Pick<Decision, 'horizonBars'> & Settleable,
): number | null {
  const t = series.time.indexOf(Date.parse(window.end));
  const { exit } = tripOf(series, t, horizonBars);
  return t < 0 || exit >= series.time.length ? null : barEnd(series.time[exit]!, series.interval, series.timezone);
}
