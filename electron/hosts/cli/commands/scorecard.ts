import {
  type AsOf,
  type Interval,
  type Origin,
  type SCORE_DIMENSIONS,
  ScorecardQuery,
} from '../../../../shared/domain/index.ts';
import { openJournalReader } from '../../../engine/journal-reader.ts';
import type { Context } from '../context.ts';
import { checkAsOf } from '../parse.ts';
import { scorecardText } from '../scorecard-text.ts';

interface Options {
  by?: (typeof SCORE_DIMENSIONS)[number][];
  origin?: Origin | 'both';
  judge?: ScorecardQuery['judge'];
  replay?: string;
  interval?: Interval;
  asOf?: AsOf;
}

/** Prints how decisions fared and whether P(correct) deserved its name; reads beside a running engine. */
export async function run(
  { out, dataDir, usage }: Context,
  _args: readonly string[],
  options: Options,
): Promise<number> {
  const { by, replay, judge, interval, asOf } = options;
  if (replay !== undefined && options.origin === 'live')
    usage('--replay names a replay; --origin live leaves them out.');
  await checkAsOf(asOf);
  const origin = options.origin ?? (replay === undefined ? 'live' : 'replay');
  const query = ScorecardQuery.parse({ origin, by, replayId: replay, judge, interval, asOf });
  const journal = openJournalReader(dataDir);
  try {
    const card = journal.scorecard(query);
    out.data({ type: 'scorecard', ...card });
    out.text(scorecardText(card));
    return 0;
  } finally {
    journal.close();
  }
}
