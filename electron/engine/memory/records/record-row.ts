import type { MemoryRecord } from '../../../../shared/domain/index.ts';
import { canonicalJson, sha256 } from '../../platform/index.ts';
import { likenessOf, wordsOf } from './likeness.ts';
import type { Fared } from './recalls.ts';
import type { Gap, Validity } from './validity.ts';

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
  /** JSON of pairs in UTC ms; null = none. */
  gaps: string | null;
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
    gaps: gapsText(record.gaps.map(({ from, until }) => [Date.parse(from), Date.parse(until)])),
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
    knownAt: iso(row.known_at),
    createdAt: iso(row.created_at),
    replacedAt: row.replaced_at === null ? null : iso(row.replaced_at),
    gaps: validityOf(row).gaps.map(([from, until]) => ({ from: iso(from), until: iso(until) })),
  };
}

export const validityOf = ({ replaced_at, gaps }: Pick<RecordRow, 'replaced_at' | 'gaps'>): Validity => ({
  replacedAt: replaced_at,
  gaps: gaps === null ? [] : JSON.parse(gaps),
});

export const gapsText = (gaps: readonly Gap[]): string | null => (gaps.length === 0 ? null : JSON.stringify(gaps));

const iso = (time: number): string => new Date(time).toISOString();

/** A record with how it fared as of then. */
export const ratedRecord = (record: WrittenRecord, fared: Fared | undefined): MemoryRecord => ({
  ...record,
  fared: fared?.mean ?? null,
  settled: fared?.n ?? 0,
});
