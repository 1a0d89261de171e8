import { setImmediate as nextTurn } from 'node:timers/promises';
import { type MemoryImportReport, type MemoryPage, MemoryRecord } from '../../../../shared/domain/index.ts';
import type { Database } from '../../platform/index.ts';
import { faredBy } from './recalls.ts';
import { KNOWN_ELSEWHERE, type RecordRow, ratedRecord, recordOf, type WrittenRecord } from './record-row.ts';
import { newMemoryId, problemOf, type RecordStore } from './record-store.ts';

/** Records of an exported page, and lines imported in one transaction. */
const BATCH = 500;
const LINE_MOST = 64 * 1024;
const PROBLEMS = 50;

/** Records after the row `after`, oldest first, as JSON lines, with how they fared by `now` (UTC ms). */
export function exportPage(database: Database, after: number, now: number): MemoryPage {
  const sql = 'SELECT * FROM memories WHERE row > ? ORDER BY row LIMIT ?';
  const rows = database.prepare(sql).all(after, BATCH) as RecordRow[];
  const fared = faredBy(database, now);
  const lineOf = (row: RecordRow) => JSON.stringify(ratedRecord(recordOf(row), fared.get(row.id)));
  const content = rows.map((row) => `${lineOf(row)}\n`).join('');
  return { content, records: rows.length, next: rows.length < BATCH ? null : rows.at(-1)!.row };
}

/** What a line may leave out is as in a memory written now. */
const Line = MemoryRecord.partial().required({ kind: true, text: true });

/**
 * Takes in JSON lines, 500 in a transaction. A line that cannot be used is refused with a sentence, the others are kept; one that says what is
 * known already changes nothing of it. Whatever date a line says, it is known here from now on, as it was no part of what was decided before; that
 * date is kept in its data. How it fared speaks of decisions of another journal, and is not taken over.
 * @param now UTC ms; nothing can have been known later
 */
export async function importLines(
  database: Database,
  store: RecordStore,
  content: string,
  now: number,
): Promise<MemoryImportReport> {
  const report: MemoryImportReport = { lines: 0, added: 0, merged: 0, refused: 0, problems: [] };
  const lines = content.split('\n').map((text, i) => ({ text: text.trim(), number: i + 1 }));
  const given = lines.filter(({ text }) => text !== '');
  for (let from = 0; from < given.length; from += BATCH) {
    const batch = given.slice(from, from + BATCH);
    database.transaction(() => {
      for (const { text, number } of batch) takeIn(store, text, number, now, report);
    })();
    await nextTurn();
  }
  return report;
}

function takeIn(store: RecordStore, text: string, line: number, now: number, report: MemoryImportReport): void {
  report.lines++;
  const read = readLine(text, now);
  if (typeof read === 'string') {
    report.refused++;
    if (report.problems.length < PROBLEMS) report.problems.push({ line, sentence: `Line ${line}: ${read}.` });
  } else if (store.put(read)) report.added++;
  else report.merged++;
}

/** A record, or why the line is none. */
function readLine(text: string, now: number): WrittenRecord | string {
  if (text.length > LINE_MOST) return `it is longer than ${LINE_MOST} characters`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is no JSON';
  }
  const parsed = Line.safeParse(value);
  if (!parsed.success) return problemOf(parsed.error);
  const { fared: _fared, settled: _settled, ...given } = parsed.data;
  const record = { ...defaults(now), ...given };
  if (record.text === '') return 'text: it is empty';
  const later = (time: string | null) => time !== null && Date.parse(time) > now;
  if (later(record.knownAt) || later(record.createdAt)) return 'knownAt: it lies in the future';
  if (later(record.replacedAt)) return 'replacedAt: it lies in the future';
  if (record.gaps.some(({ until }) => later(until))) return 'gaps: it lies in the future';
  return knownFrom(record, now);
}

function knownFrom(record: WrittenRecord, now: number): WrittenRecord {
  if (Date.parse(record.knownAt) === now) return record;
  const data = { [KNOWN_ELSEWHERE]: record.knownAt, ...record.data };
  return { ...record, data, knownAt: new Date(now).toISOString() };
}

function defaults(now: number): Omit<WrittenRecord, 'kind' | 'text'> {
  const time = new Date(now).toISOString();
  return {
    ...{ id: newMemoryId(), title: '', symbol: null, interval: null, regime: null, decisionId: null, data: {} },
    ...{ origin: 'live', replayId: null, knownAt: time, createdAt: time, replacedAt: null, gaps: [], recalled: 0 },
  };
}
