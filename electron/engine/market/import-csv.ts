import type { CsvOptions, Notice } from '../../../shared/domain/index.ts';
import { diskError } from '../platform/index.ts';
import {
  badCsv,
  type CsvReading,
  checkColumns,
  checkInterval,
  keepOriginal,
  type Original,
  readCsvBytes,
  type StoredOriginal,
} from './csv/index.ts';
import { contentBytes } from './csv-content.ts';
import { importStem } from './import-names.ts';
import { storeCard } from './imports.ts';
import { inspect } from './inspect.ts';
import { LATER, UNFINISHED } from './notices.ts';
import { checkedSymbol, csvMeta } from './parse-series.ts';
import { intradayMs } from './sessions.ts';
import { breathe } from './source.ts';
import type { ImportInput, ImportReport, SeriesMeta } from './types.ts';
import { understood } from './understood.ts';
import { zoneDate } from './zones.ts';

/**
 * Reads the file as a series up to `now` (UTC ms), keeps it in `importsDir`, and says back what was understood. Nothing is stored when
 * anything is refused. @throws BAD_CSV, TOO_LARGE, INVALID_INPUT, DISK_FULL, FILE_UNWRITABLE
 */
export async function importCsv(importsDir: string, input: ImportInput, now: number): Promise<ImportReport> {
  checkedSymbol(input.symbol);
  const original = keepOriginal(importsDir);
  try {
    const reading = await readCsvBytes(original.tee(contentBytes(input.content)), toldOf(input));
    const { meta, report } = await reportOf(reading, input, now);
    const stored = await storeOriginal(original, meta);
    const { symbol, interval, bars, firstDate, lastDate, closeOnly } = report;
    const range = { symbol, interval, bars, firstDate, lastDate, closeOnly };
    const { currency, timezone, sourceNotices } = meta;
    const about = { fileName: input.fileName, options: reading.options, sourceNotices: [...sourceNotices] };
    storeCard(importsDir, { ...range, ...about, currency, timezone }, stored);
    return report;
  } catch (error) {
    await original.discard();
    throw error;
  }
}

async function storeOriginal(original: Original, { symbol, interval }: SeriesMeta): Promise<StoredOriginal> {
  try {
    return await original.store(importStem(symbol, interval));
  } catch (error) {
    throw diskError(error, `the import of ${symbol}`);
  }
}

/** What the user told of the file. */
export function toldOf({ interval, options }: Pick<ImportInput, 'interval' | 'options'>): CsvOptions {
  return { interval, ...options };
}

/** What there is to say of the series that a reading makes. @throws BAD_CSV where no bar can be used */
export async function reportOf(
  reading: CsvReading,
  { symbol }: Pick<ImportInput, 'symbol'>,
  now: number,
): Promise<{ meta: SeriesMeta; report: ImportReport }> {
  checkInterval(reading);
  checkColumns(reading);
  const meta = csvMeta(symbol, reading);
  const inspection = await breathe(inspect(reading.raw, meta, now));
  if (inspection.bars === 0) throw noBars(reading.raw.time.length);
  const damage = damageOf(inspection.notices, reading);
  const notices = [...inspection.notices, ...damage, ...reading.notices.map(counted)];
  const { bars, first, last, closeOnly } = inspection;
  const range = { bars, firstDate: dateOf(first, meta), lastDate: dateOf(last, meta), closeOnly };
  const sentence = understood(reading.form, inspection, notices);
  return { meta, report: { symbol: meta.symbol, interval: meta.interval, ...range, notices, understood: sentence } };
}

function noBars(rows: number): Error {
  return badCsv(
    `none of its ${rows} rows is a usable closed bar (a price missing, zero or negative, or a date after today)`,
  );
}

/** The shortest window there is; of fewer rows a share says little. */
const LEAST_ROWS = 32;
/** Share of bars dropped or repaired above which a window is refused (DEFINITIONS 1), and a file too. */
const MOST_DAMAGE = 0.05;

/**
 * A bar or two later than now is a zone or an unfinished day; more are years misread or a clock set back, and count like other bad bars.
 * @throws BAD_CSV where more than 5 % of the bars are dropped or repaired and the user has not accepted it
 */
function damageOf(notices: readonly Notice[], { raw, options }: CsvReading): Notice[] {
  const rules = notices.filter(({ rule, effect }) => effect !== 'info' && rule !== UNFINISHED);
  const bad = rules.reduce((sum, { bars }) => sum + bars, 0);
  const rows = raw.time.length;
  if (rows < LEAST_ROWS || bad <= rows * MOST_DAMAGE) return [];
  const words = `${bad.toLocaleString('en-US')} of its ${rows.toLocaleString('en-US')} bars would be dropped or repaired`;
  if (!options.acceptDamage) {
    const reasons = rules.map(({ sentence }) => sentence).join('; ');
    const where = rules.some(({ rule }) => rule === LATER)
      ? 'its columns, its dates and the clock of this machine'
      : 'its columns';
    throw badCsv(`${words}, more than 5 % (${reasons}); look at ${where}, or accept the damage`);
  }
  const sentence = `${words}, as you accepted; windows with more than 5 % of bad bars are not read`;
  return [{ rule: 'damage-accepted', effect: 'info', bars: bad, sentence }];
}

function counted(notice: Notice): Notice {
  if (notice.bars === 0) return notice;
  const words = notice.bars === 1 ? notice.sentence.replace(/^rows/, 'row') : notice.sentence;
  return { ...notice, sentence: `${notice.bars} ${words}` };
}

function dateOf(time: number, { interval, timezone }: SeriesMeta): string {
  const date = intradayMs(interval) === null ? time : zoneDate(time, timezone);
  return new Date(date).toISOString().slice(0, 10);
}
