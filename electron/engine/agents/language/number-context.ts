import { NUMBER_WORDS } from './number-words.ts';

/** What the words around a number make of it. */
export interface NumberContext {
  /** A currency or a price word stands beside it. */
  isPrice: boolean;
  /** Percent of something. */
  isShare: boolean;
  /** It follows the name of a score, or is followed by it: "TREND is 7", "a 7 in TREND". */
  isScore: boolean;
  /** It counts or numbers something: "3 bars", "two of four", "the 3rd swing", "look 2", "the last two". */
  isCount: boolean;
}

/** What is counted in words about a window: no "points", no names of prices, and no nouns that say what a price does ("9 holds"). */
const NOUNS = [
  'bars? candles? candlesticks? closes? looks? steps? sessions? windows? timeframes? intervals? periods?',
  'minutes? hours? days? weeks? months? quarters? years? halves half thirds? fourths? fifths? parts? pieces? segments?',
  'swings? cycles? bursts? jumps? moves? movements? waves? legs? pushes push trends? reversals? pullbacks? rall(?:y|ies)',
  'peaks? troughs? highs? lows? tops? bottoms? spikes? gaps? dips? breakouts? loss(?:es)? wins? longs? shorts? trades?',
  'times scores? signals? class(?:es)? regimes? directions? heads? figures? features? readings? opinions? reasons? sides?',
  'ways? setups? memor(?:y|ies) notes? cases? examples? phases? stages? others agree disagrees? differ',
].flatMap((line) => line.split(' '));
const ADJECTIVES =
  'consecutive|straight|successive|separate|different|distinct|other|more|further|such|same|similar|past|last|next|recent|earlier|' +
  'later|previous|higher|lower|large|larger|largest|small|smaller|smallest|big|sharp|strong|stronger|weak|weaker|clear|full|whole|' +
  'most|new|fresh|failed|opposite|opposing|mixed|wide|narrow|brief|equal|single|first|final|early|late|steady|noisy|flat|steep|modest|minor|major|deep|shallow|positive|negative|neutral|rising|falling|bullish|bearish|upward|downward|up|down|trending|volatile|quiet|network|of|the|these|those|its';
const LABELS =
  'looks?|bars?|candles?|steps?|rounds?|windows?|phases?|waves?|legs?|parts?|stages?|setups?|memory|notes?|cases?|days?|weeks?|quarters?';

const THING = `(?:(?:${ADJECTIVES})\\s+)*(?:${NOUNS.join('|')}|them)(?![\\p{L}\\p{Nd}])`;
const OTHER = `(?:\\p{Nd}+(?![.,]?\\p{Nd})|${NUMBER_WORDS})`;
const OF = '(?:\\s+(?:out\\s+)?of\\s+(?:(?:the|its|these|those|all|last)\\s+)*|\\s?/\\s?)';
const TO = '\\s*(?:(?<!\\p{L})(?:to|or|and)(?!\\p{L})|[-\u2013\u2212])\\s*';
const CODES = 'USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|CNY|INR|HKD|SEK|NOK|DKK';
const pattern = (source: string) => new RegExp(source, 'iu');

const JOINED_AFTER = pattern(`^(?:,\\s+${OTHER})*,?(?:${TO}|${OF})${OTHER}`);
const JOINED_BEFORE = pattern(`${OTHER}${OF}$`);
const OF_AFTER = pattern(`^${OF}(?:${OTHER}|${THING})`);
const THING_AFTER = pattern(`^[\\s-]*${THING}`);
const ORDINAL = pattern('^(?:st|nd|rd|th)(?!\\p{L})');
const LABEL = pattern(`(?<!\\p{L})(?:(?:${LABELS})\\s(?:${OTHER}${TO})?|q)$`);
const DETERMINER = pattern('(?<!\\p{L})(?:first|last|next|past|previous|final|all|these|those|other)\\s+$');
const SHARE = pattern('^[\\s-]*(?:[%\u066a\ufe6a\uff05]|per\\s?cent|pct(?!\\p{L}))');
const PRICED_BEFORE = pattern(`(?:\\p{Sc}|(?<!\\p{L})(?:${CODES}))\\s*$`);
const PRICED_AFTER = pattern(
  `^\\s*-?(?:\\p{Sc}|(?:${CODES}|dollars?|euros?|pounds?|cents?|yen|yuan|francs?|rupees?|bucks?)(?!\\p{L}))`,
);
const PRICE_WORD = pattern(
  '(?<!\\p{L})(?:(?:prices?|targets?|levels?|entry|exit|strike|stops?)\\s+of|(?:prices?|priced|targets?|levels?|entry|exit|strike|stops?|support|resistance)\\s+(?:at|near|around)|levels?)\\s+$',
);
const SCORE_NAME = '(?:trend|cycle|burst|scores?)(?!\\p{L})';
const SCORE_LINK =
  '(?:is|are|was|were|of|at|only|just|well|and|by|formula|the|a|reads|stands|rated|near|about|above|below|over|under|than|more|less)(?!\\p{L})';
const SCORE_BEFORE = pattern(`(?<!\\p{L})${SCORE_NAME}(?:[\\s\\p{Nd}_.,:=("'-]|${SCORE_NAME}|${SCORE_LINK})*$`);
const SCORE_AFTER = pattern(`^\\s+(?:(?:in|for|on)\\s+)?(?:the\\s+)?${SCORE_NAME}`);

/** Characters to either side that are looked at. */
const NEAR = 100;

/** @param start index of the number's first character; @param end index behind its last */
export function contextOf(text: string, start: number, end: number): NumberContext {
  const before = text.slice(Math.max(0, start - NEAR), start);
  const after = text.slice(end, end + NEAR);
  const lead = before.replace(JOINED_BEFORE, '');
  const tail = after.replace(JOINED_AFTER, '');
  const isPrice = PRICED_BEFORE.test(lead) || PRICED_AFTER.test(after) || PRICE_WORD.test(lead);
  const isShare = SHARE.test(tail);
  const isScore = !isPrice && !isShare && (SCORE_BEFORE.test(before) || SCORE_AFTER.test(after));
  const isPart = lead !== before || (OF_AFTER.test(after) && !isScore);
  const isNamed = THING_AFTER.test(tail) || ORDINAL.test(after) || LABEL.test(before) || DETERMINER.test(lead);
  return { isPrice, isShare, isScore, isCount: !isPrice && !isShare && (isPart || isNamed) };
}
