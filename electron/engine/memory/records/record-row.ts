import type { MemoryRecord } from '../../../../shared/domain/index.ts';
import { canonicalJson, sha256 } from '../../platform/index.ts';
import { likenessOf, wordsOf } from './likeness.ts';
import type { Fared } from './recalls.ts';

/** A row of the table `memories`. */
export interface RecordRow {
  row: number;
  id: string;
  kind: MemoryRecord['kind'];
  symbol: string | null;
  interval: MemoryRecord['interval'];
  regime: MemoryRecord['regime'];
  decision_id: string | null;
  title: string;
  text: string;
  data: string;
  origin: MemoryRecord['origin'];
  replay_id: string | null;
  known_at: number;
  created_at: number;
  content_hash: string;
  words: number;
  likeness: string;
  recalled: number;
  replaced_at: number | null;
}

/** A record without how it fared, which is another at each as-of. */
export type WrittenRecord = Omit<MemoryRecord, 'fared' | 'settled'>;

export function rowOf(record: WrittenRecord): Omit<RecordRow, 'row'> {
  const { id, kind, symbol, interval, regime, title, text, origin } = record;
  const words = wordsOf(`${title} ${text}`);
  return {
    ...{ id, kind, symbol, interval, regime, title, text, origin },
    decision_id: record.decisionId,
    replay_id: record.replayId,
    data: canonicalJson(record.data),
    known_at: Date.parse(record.knownAt),
    created_at: Date.parse(record.createdAt),
    content_hash: contentHashOf(record),
    words: words.length,
    likeness: likenessOf(words),
    recalled: record.recalled,
    replaced_at: record.replacedAt === null ? null : Date.parse(record.replacedAt),
  };
}

/** When an imported memory became known where it was written. */
export const KNOWN_ELSEWHERE = 'knownElsewhere';

/** Of what a memory says, not of when it was said: the same said again is the same memory. */
function contentHashOf(record: WrittenRecord): string {
  const { kind, symbol, interval, regime, decisionId, title, text, origin, replayId } = record;
  const { [KNOWN_ELSEWHERE]: _, ...data } = record.data;
  return sha256(canonicalJson({ kind, symbol, interval, regime, decisionId, title, text, data, origin, replayId }));
}

export function recordOf(row: RecordRow): WrittenRecord {
  const { id, kind, symbol, interval, regime, title, text, origin, recalled } = row;
  return {
    ...{ id, kind, symbol, interval, regime, title, text, origin, recalled },
    decisionId: row.decision_id,
    replayId: row.replay_id,
    data: JSON.parse(row.data),
    knownAt: new Date(row.known_at).toISOString(),
    createdAt: new Date(row.created_at).toISOString(),
    replacedAt: row.replaced_at === null ? null : new Date(row.replaced_at).toISOString(),
  };
}

/** A record with how it fared as of then. */
export const ratedRecord = (record: WrittenRecord, fared: Fared | undefined): MemoryRecord => ({
  ...record,
  fared: fared?.mean ?? null,
  settled: fared?.n ?? 0,
});
