import type { MemoryRecord } from '../../../../shared/domain/index.ts';
import { canonicalJson, sha256 } from '../../platform/index.ts';
import { likenessOf, wordsOf } from './likeness.ts';

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
  fared_sum: number;
  fared_n: number;
}

export function rowOf(record: MemoryRecord): Omit<RecordRow, 'row'> {
  const { id, kind, symbol, interval, regime, title, text, origin, fared } = record;
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
    fared_sum: fared ?? 0,
    fared_n: fared === null ? 0 : 1,
  };
}

/** Of what a memory says, not of when it was said: the same said again is the same memory. */
function contentHashOf(record: MemoryRecord): string {
  const { kind, symbol, interval, regime, decisionId, title, text, data, origin, replayId } = record;
  return sha256(canonicalJson({ kind, symbol, interval, regime, decisionId, title, text, data, origin, replayId }));
}

export function recordOf(row: RecordRow): MemoryRecord {
  const { id, kind, symbol, interval, regime, title, text, origin, recalled } = row;
  return {
    ...{ id, kind, symbol, interval, regime, title, text, origin, recalled },
    decisionId: row.decision_id,
    replayId: row.replay_id,
    data: JSON.parse(row.data),
    knownAt: new Date(row.known_at).toISOString(),
    createdAt: new Date(row.created_at).toISOString(),
    fared: row.fared_n === 0 ? null : row.fared_sum / row.fared_n,
  };
}
