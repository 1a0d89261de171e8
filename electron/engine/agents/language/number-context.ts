import { NUMBER_WORDS } from './number-words.ts';

/** What the words around a number make of it. */
export interface NumberContext {
  /** A currency or a price word stands beside it. */
  isPrice: boolean;
  /** Percent of something. */
  isShare: boolean;
  /** It follows the name of a score, or is followed by it: "TREND is 7", "a 7 in TREND". */
  isScore: boolean;
  /** It counts or numbers something: "3 bars", "two of four", "the 3rd swing", "look 2", "the last two", "3 are trending". */
  isCount: boolean;
  /** A distance on the scale of the closes. */
  isPoints: boolean;
}

/** What is counted in words about a window: no "points", no names of prices, and no nouns that say what a price does ("9 holds"). */
const NOUNS = [
  'bars? candles? candlesticks? closes? looks? steps? sessions? windows? timeframes? intervals? periods?',
  'minutes? hours? days? weeks? months? quarters? years? halves half thirds? fourths? fifths? parts? pieces? segments?',
  'swings? cycles? bursts? jumps? moves? movements? waves? legs? pushes push trends? reversals? pullbacks? rall(?:y|ies)',
  'peaks? troughs? highs? lows? tops? bottoms? spikes? gaps? dips? breakouts? loss(?:es)? wins? longs? shorts? trades?',
  'attempts? setbacks? corrections? retracements? retests? episodes? patterns? occasions? exceptions? scales?',
  'scores? signals? class(?:es)? regimes? directions? heads? figures? features? readings? opinions? reasons? sides?',
  'ways? setups? memor(?:y|ies) notes? cases? examples? phases? stages? others agree disagrees? differ',
].flatMap((line) => line.split(' '));
const ADJECTIVES =
  'consecutive|straight|successive|separate|different|distinct|other|more|further|such|same|similar|past|last|next|recent|earlier|' +
  'later|previous|higher|lower|large|larger|largest|small|smaller|smallest|big|sharp|strong|stronger|weak|weaker|clear|full|whole|' +
  'most|new|fresh|failed|opposite|opposing|mixed|wide|narrow|brief|equal|single|first|final|early|late|steady|noisy|flat|steep|modest|minor|major|deep|shallow|positive|negative|neutral|rising|falling|bullish|bearish|upward|downward|up|down|trending|volatile|quiet|network|of|the|these|those|its';
const LABELS =
  'looks?|bars?|candles?|steps?|rounds?|windows?|phases?|waves?|legs?|parts?|stages?|setups?|memory|notes?|cases?|days?|weeks?|quarters?|' +
  'scale\\s(?:of|from)|looks?\\s(?:are\\s)?(?:split|divided|agree|disagree|vote)';

const THING = `(?:(?:${ADJECTIVES})\\s+)*(?:${NOUNS.join('|')}|them)(?![\\p{L}\\p{Nd}])`;
const OTHER = `(?:\\p{Nd}+(?![.,]?\\p{Nd})|${NUMBER_WORDS})`;
const OF = '\\s+(?:out\\s+)?of\\s+(?!last\\s)(?:(?:the|its|these|those|all|last)\\s+)*';
const SLASH = '\\s?/\\s?';
const TO = '\\s*(?:(?<!\\p{L})(?:to|or|and)(?!\\p{L})|[-\u2013\u2212])\\s*';
const CODES = 'USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|CNY|INR|HKD|SEK|NOK|DKK';
const pattern = (source: string) => new RegExp(source, 'iu');

const JOINED_AFTER = pattern(`^(?:,\\s+${OTHER})*,?(?:${TO}|${OF}|${SLASH})${OTHER}`);
const JOINED_BEFORE = pattern(`${OTHER}(?:${OF}|${SLASH})$`);
const SLASHED_BEFORE = pattern(`${SLASH}$`);
const OF_AFTER = pattern(`^${OF}(?:${OTHER}|${THING})`);
/** Directly behind a number these begin words of their own: "it rose 10 last week". */
const NEW_WORDS = '(?:(?:of\\s+)?last|past|next|the|these|those|its|most(?!\\s+recent))\\s';
const THING_AFTER = pattern(`^[\\s-]*(?!${NEW_WORDS})${THING}`);
const LIST_BEFORE = pattern('(?:^|\\n|(?<!\\p{Nd})[.;!?]\\s)\\s*$');
const LIST_AFTER = pattern('^[.)]\\s+\\p{L}');
/** Where a number may begin a clause, with none before that it is joined to. */
const CLAUSE = pattern(`(?:^|(?<!${OTHER})[.;:,]\\s|(?<!\\p{L}|${OTHER},?\\s)(?:and|but|while|only)\\s)$`);
const SAY = pattern('^\\s(?:are|say|read|show|agree|disagree|differ)(?!\\p{L})');
const ONE_SAYS = pattern('^\\s(?:is|says|reads|shows|agrees|disagrees|differs)(?!\\p{L})');
const TIMES = pattern('^\\s?(?:x|\u00d7|times)(?![\\p{L}\\p{Nd}])');
const REPEATED_BEFORE = pattern('(?<!\\p{L})(?:tested|touched|failed|crossed|repeated)\\s(?:\\p{L}+\\s){0,3}$');
const REPEATED_AFTER = pattern('^\\stimes(?:[.,;:]|$|\\s(?:and|but|in|without)\\s)');
const POINTS = pattern('^\\s+points?(?!\\p{L})');
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
const SCORE_AFTER = pattern(`^(?:${SLASH}10)?\\s+(?:(?:in|for|on)\\s+)?(?:the\\s+)?${SCORE_NAME}`);

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
  const isWhole = lead !== before && (isScore || SCORE_BEFORE.test(lead) || !SLASHED_BEFORE.test(before));
  const isPart = isWhole || ((OF_AFTER.test(after) || OF_AFTER.test(tail)) && !isScore);
  const isNamed = THING_AFTER.test(tail) || ORDINAL.test(after) || LABEL.test(before) || DETERMINER.test(lead);
  const isMark = LIST_BEFORE.test(before) && LIST_AFTER.test(after);
  const isCount = isPart || isNamed || isMark || saysItself(before, text.slice(start, end), after);
  const isPlain = !isPrice && !isShare;
  return { isPrice, isShare, isScore, isCount: isPlain && isCount, isPoints: isPlain && POINTS.test(after) };
}

/** "3 are trending, 1 is not", "2x" (twice, and no other multiple), "tested 3 times". */
function saysItself(before: string, number: string, after: string): boolean {
  if (CLAUSE.test(before) && (number === '1' ? ONE_SAYS : SAY).test(after)) return true;
  if (/^(?:2|two)$/i.test(number) && TIMES.test(after)) return true;
  return REPEATED_BEFORE.test(before) && REPEATED_AFTER.test(after);
}
