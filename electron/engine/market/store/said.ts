import type { DatedNotice } from '../notices.ts';
import type { Joined } from './join-bars.ts';
import type { FetchedBars } from './types.ts';

/** Notices of a series, and bars one of them names: the newest stay. */
const MOST_NOTICES = 50;
const MOST_TIMES = 500;
const RESTATED = 'restated';
/** Of events that happened, which no later answer takes back; all others are of the bars of one answer. */
const EVENTS: readonly string[] = [RESTATED, 'split-undone', 'split-late'];

/** What a fetch covers, and between which bars the series was kept before, UTC ms. */
export interface Span {
  from: number;
  to: number;
  first: number;
  last: number;
}

/**
 * What is said of a series after a fetch. What was said before of the times it covers gives way to what is said now, so a bar that came clean
 * this time is no longer spoken of; what holds for every bar gives way to the same rule. What is told late of bars that were kept without it
 * bears the date of the bars after them, since nobody could know it before.
 */
export function joinNotices(kept: readonly DatedNotice[], arriving: readonly DatedNotice[], span: Span): DatedNotice[] {
  const { from, to } = span;
  const before = new Map(kept.map((notice) => [identityOf(notice), notice]));
  const said = new Map<string, DatedNotice>();
  const say = (notice: DatedNotice, at: readonly number[] | null) => {
    const id = identityOf(notice);
    if (at?.length === 0) return;
    const times = at && [...new Set([...(said.get(id)?.at ?? []), ...at])].sort((a, b) => a - b);
    said.set(id, { ...notice, at: times?.slice(-MOST_TIMES) ?? null });
  };
  for (const notice of kept) {
    const stays = (time: number) => EVENTS.includes(notice.rule) || time < from || time > to;
    say(notice, notice.at?.filter(stays) ?? null);
  }
  for (const notice of arriving) say(notice, datesOf(notice, before.get(identityOf(notice)), span));
  const [lasting, dated] = [[...said.values()].filter(isLasting), [...said.values()].filter((one) => !isLasting(one))];
  return [...lasting.sort(byRule), ...dated.sort((a, b) => a.at![0]! - b.at![0]! || byRule(a, b)).slice(-MOST_NOTICES)];
}

function datesOf(
  notice: DatedNotice,
  known: DatedNotice | undefined,
  { from, first, last }: Span,
): readonly number[] | null {
  if (!notice.at || notice.rule === RESTATED) return notice.at;
  if (known?.at && notice.effect !== 'dropped') return known.at;
  const at = notice.at.filter((time) => time >= from);
  return notice.effect === 'dropped' ? at : at.map((time) => (time >= first && time <= last ? last + 1 : time));
}

const isLasting = ({ at }: DatedNotice) => at === null;
const byRule = (a: DatedNotice, b: DatedNotice) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);

/** Rows left out for one reason, and what holds for every bar, are one notice; any other is one a sentence. */
function identityOf({ rule, effect, sentence, at }: DatedNotice): string {
  return at === null || effect === 'dropped' ? rule : `${rule} ${sentence}`;
}

/** That the source moved its past prices: told from the first bar that shows it. */
export function restatedNotice(
  { fetchedAt, trust }: FetchedBars,
  { restatedFrom, priceFactor, corrections }: Pick<Joined, 'restatedFrom' | 'priceFactor' | 'corrections'>,
): DatedNotice[] {
  const when = new Date(fetchedAt).toISOString().slice(0, 10);
  const notice = (at: number, sentence: string): DatedNotice[] => [
    { rule: RESTATED, effect: 'info', bars: 0, sentence, at: [at] },
  ];
  if (restatedFrom !== null) {
    const times = Number(priceFactor.toPrecision(4));
    return notice(
      restatedFrom,
      `the source restated its past prices (${times} times what they were, seen on ${when}); bars kept before stay in the prices of their day`,
    );
  }
  const corrected = corrections[0];
  if (trust !== 'arriving' || !corrected) return [];
  return notice(corrected.time, `the source restated its past prices, so all bars were fetched again on ${when}`);
}
