/** Minor units in which exchanges quote, as sources write them: the major unit and how many make one. */
const MINOR_UNITS: Readonly<Record<string, { major: string; parts: number; words: string }>> = {
  GBp: { major: 'GBP', parts: 100, words: 'pence' },
  GBX: { major: 'GBP', parts: 100, words: 'pence' },
  ZAc: { major: 'ZAR', parts: 100, words: 'cents' },
  ZAC: { major: 'ZAR', parts: 100, words: 'cents' },
  ILA: { major: 'ILS', parts: 100, words: 'agorot' },
  USX: { major: 'USD', parts: 100, words: 'cents' },
  EUX: { major: 'EUR', parts: 100, words: 'cents' },
  KWF: { major: 'KWD', parts: 1000, words: 'fils' },
};

/** A currency in its major unit; `parts` of the source's unit make one of it (1 where the source uses the major unit). */
export interface Unit {
  currency: string;
  parts: number;
  /** The notice's sentence; null where nothing is changed. */
  sentence: string | null;
}

/** What the source's currency code means (case matters: GBp is pence, GBP pounds). Null where it is no currency code. */
export function unitOf(code: string): Unit | null {
  const minor = Object.hasOwn(MINOR_UNITS, code) ? MINOR_UNITS[code] : undefined;
  if (!minor) return /^[A-Z]{3,5}$/.test(code) ? { currency: code, parts: 1, sentence: null } : null;
  const { major, parts, words } = minor;
  return {
    currency: major,
    parts,
    sentence: `prices came in ${words} (${code}) and were divided by ${parts}, so they are in ${major}`,
  };
}
