/**
 * Titles of each column as exports write them, best first; the best one that the file has is taken. Written plain: no case, no accents,
 * no full stop at the end. English, German, French, Spanish, Italian, Dutch and Portuguese.
 */
export const NAMES = {
  open: [
    [
      ...['open', 'open price', 'opening price', 'eroffnung', 'eroeffnung', 'eroffnungskurs', 'eroffn', 'erster'],
      ...['ouverture', 'ouv', 'cours d ouverture', 'apertura', 'opening', 'openingskoers', 'abertura'],
    ],
    ['o'],
  ],
  high: [
    [
      ...['high', 'high price', 'hoch', 'hochst', 'hochstkurs', 'tageshoch', 'plus haut', '+ haut', 'haut'],
      ...['maximo', 'maxima', 'massimo', 'hoog', 'hoogste', 'hoogste koers', 'alta'],
    ],
    ['max', 'h'],
  ],
  low: [
    [
      ...['low', 'low price', 'tief', 'tiefst', 'tiefstkurs', 'tagestief', 'plus bas', '+ bas', 'bas'],
      ...['minimo', 'minima', 'laag', 'laagste', 'laagste koers', 'baixa'],
    ],
    ['min', 'l'],
  ],
  close: [
    [
      ...['close', 'close price', 'closing price', 'schluss', 'schlusskurs', 'cloture', 'clot', 'cours de cloture'],
      ...['cierre', 'chiusura', 'slot', 'slotkoers', 'sluiting', 'fechamento', 'fecho'],
    ],
    ['close/last', 'last', 'c', 'letzter', 'zuletzt', 'dernier', 'ultimo', 'laatste'],
    ['price', 'kurs', 'cours', 'precio', 'prezzo', 'koers', 'preco'],
  ],
  volume: [
    ['tickvol', 'tick volume'],
    // beside these a German `Volumen` is the turnover in money
    ['stucke', 'stuecke', 'stuck'],
    ['volume', 'vol', 'volumen', 'volumes'],
    ['v', 'qty', 'umsatz'],
  ],
} as const;

export const DATES = [
  [
    ...['date', 'datetime', 'date time', 'date/time', 'trade date', 'trading date', 'trading day', 'dtyyyymmdd'],
    ...['local time', 'gmt time', 'open time', 'open date', 'datum', 'fecha'],
  ],
  ['data', 'day', 'tag', 'jour', 'dia', 'giorno', 'dag'],
] as const;
export const CLOCKS = ['time', 'time of day', 'uhrzeit', 'zeit', 'hour', 'heure', 'hora', 'ora', 'tijd', 'tid'];
export const INSTANTS = ['timestamp', 'time stamp', 'unix', 'unix timestamp', 'unix time', 'unixtime', 'epoch'];
export const CURRENCIES = ['currency', 'wahrung', 'waehrung', 'devise', 'moneda', 'divisa', 'valuta', 'moeda'];
export const SYMBOLS = ['ticker', 'symbol', 'instrument', 'ric'];

const ADJUSTED =
  /(?:^|(?<=[ .]))(?:adj(?:usted)?|bereinigte?r?|ajustee?|ajust|ajustad[oa]|aggiustat[oa]|rettificat[oa]|gecorrigeerde?|aangepaste?)\b\.?/;

/** Title of a close adjusted for dividends: `Adj Close`, `Close (adj)`, `Adjusted`, `Schlusskurs bereinigt`; plain. */
export function isAdjustedClose(title: string): boolean {
  if (title === 'adjclose') return true;
  if (!ADJUSTED.test(title)) return false;
  const rest = title.replace(ADJUSTED, ' ').replace(/\s+/g, ' ').trim();
  return rest === '' || NAMES.close.some((tier) => (tier as readonly string[]).includes(rest));
}

/**
 * A title without case, accents, quotation, angle brackets, footnote marks, numbering and unit: `<CLOSE>`, `Close*`, `4. close`,
 * `Close (USD)`, `Clôture`. That a close is adjusted stays: `Close (adj)` is `close adj`; adjusted for splits alone is a close.
 */
export function plainTitle(cell: string): string {
  const title = cell
    .trim()
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/^<(.*)>$/, '$1')
    .replace(/\*+$/, '')
    .replace(/[_']|\u2019/g, ' ');
  const bare = title
    .replace(/^\d\. /, '')
    .replace(/ *\(([^)]*)\)$/, (_, inside: string) => adjustedWord(inside))
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '')
    .trim();
  const yahoo = /^(adj )?close (close price adjusted|adjusted close price adjusted)/.exec(bare);
  return yahoo ? `${yahoo[1] ?? ''}close` : bare;
}

function adjustedWord(inside: string): string {
  const word = ADJUSTED.exec(inside)?.[0];
  return word === undefined || (inside.includes('split') && !inside.includes('divid')) ? '' : ` ${word}`;
}

const UNITS: readonly (readonly [RegExp, number, string])[] = [
  [
    /^(?:in )?(?:k|tsd|thousands?|milliers|tausend|miles|migliaia|duizend(?:en)?|'?000s?|1[,.' ]?000)$/,
    1e3,
    'thousands',
  ],
  [/^(?:in )?(?:m|mn|mm|mio|mil|mln|millions?|millionen|millones|milioni|miljoen(?:en)?|milhoes)$/, 1e6, 'millions'],
  [/^(?:in )?(?:b|bn|mrd|billions?|milliarden|milliards)$/, 1e9, 'billions'],
];

/** What a title says its volumes are counted in, `Volume (Mio.)`: one of them, and the word for it; null where it says nothing. */
export function volumeUnit(title: string): { factor: number; words: string } | null {
  const inside = /[([]([^()[\]]{1,20})[)\]]\s*$/.exec(title)?.[1]?.trim().toLowerCase() ?? '';
  const word = inside.normalize('NFD').replace(/\p{M}/gu, '').replace(/\.$/, '');
  const unit = UNITS.find(([is]) => is.test(word));
  return unit ? { factor: unit[1], words: unit[2] } : null;
}
