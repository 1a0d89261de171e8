import type { Scorecard, ScorecardQuery } from '../../../shared/domain/index.ts';
import { attempt } from '../../app/commands.ts';
import { api, type Query, useQuery } from '../../engine/index.ts';
import type { Clock } from '../../workspace/index.ts';

export type ScoredOrigin = ScorecardQuery['origin'];
export type ScoredJudge = ScorecardQuery['judge'];

/** The figures over outcomes known at the clock. */
export function useScorecard(origin: ScoredOrigin, judge: ScoredJudge, clock: Clock): Query<Scorecard> {
  const asOf = clock === 'latest' ? undefined : clock;
  return useQuery(`scorecard|${origin}|${judge}|${asOf ?? ''}`, (signal) =>
    api().decisions.scorecard({ origin, judge, asOf }, { signal }),
  );
}

/** Settles what is due and says in a line what came of it; null where it failed. */
export async function settleNow(online: boolean): Promise<string | null> {
  const report = await attempt(() => api().decisions.settle({ online }));
  if (!report) return null;
  const failed = report.failed.map(({ symbol, error }) => ` ${symbol}: ${error.sentence}`).join('');
  const lost = report.lost > 0 ? `, ${report.lost} lost, as their bar is gone or bars stop within the horizon` : '';
  return `${report.settled} settled, ${report.pending} pending${lost}.${failed}`;
}
