import type { DecisionSort } from '../../../shared/domain/index.ts';
import type { Migration } from '../platform/index.ts';

const field = (path: string) => `json_extract(summary, '$.${path}')`;

/** Columns of the history that are sorted by, as the index of step 15 holds them. */
export const SUMMARY_COLUMNS: Record<Exclude<DecisionSort, 'createdAt' | 'outcome'>, string> = {
  lastBarDate: field('lastBarDate'),
  symbol: 'symbol',
  action: 'action',
  judge: 'judge',
  confidence: field('confidence'),
  regime: field('regime'),
  lastClose: field('lastClose'),
  horizonBars: field('horizonBars'),
  sampleStatus: field('sampleStatus'),
  reason: `coalesce(${field('holdReasons[0].sentence')}, '')`,
};

/** journal.db: `known_date` is the exchange day at whose end a decision was known; what must never be lost. A decision's `body` is its canonical JSON; the other columns are for finding it. The history is filtered, counted and sorted in one index, which holds all that needs. */
export const DECISION_MIGRATIONS: readonly Migration[] = [
  {
    id: 1,
    name: 'decisions',
    sql: `
      CREATE TABLE decisions (
        rowid INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        run_id TEXT NOT NULL,
        symbol TEXT NOT NULL,
        source TEXT NOT NULL,
        interval TEXT NOT NULL,
        action TEXT NOT NULL,
        known_at INTEGER NOT NULL,
        known_date TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        summary TEXT NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX decisions_by_symbol ON decisions (symbol, source, interval, known_at);
      CREATE INDEX decisions_by_run ON decisions (run_id);
    `,
  },
  {
    id: 11,
    name: 'history by every column, live apart from replayed',
    sql: `
      ALTER TABLE decisions ADD COLUMN origin TEXT NOT NULL DEFAULT 'live';
      ALTER TABLE decisions ADD COLUMN replay_id TEXT;
      ALTER TABLE decisions ADD COLUMN judge TEXT NOT NULL DEFAULT 'numeric';
      DROP INDEX decisions_by_symbol;
      CREATE INDEX decisions_by_symbol ON decisions (origin, symbol, source, interval, known_at, known_date, action,
        json_extract(summary, '$.lastBarDate'), json_extract(summary, '$.confidence'), json_extract(summary, '$.regime'),
        json_extract(summary, '$.lastClose'), json_extract(summary, '$.horizonBars'),
        json_extract(summary, '$.sampleStatus'), coalesce(json_extract(summary, '$.holdReasons[0].sentence'), ''));
    `,
  },
  {
    id: 12,
    name: 'outcomes',
    sql: `
      CREATE TABLE outcomes (
        decision_id TEXT PRIMARY KEY REFERENCES decisions (id) ON DELETE CASCADE,
        origin TEXT NOT NULL,
        replay_id TEXT,
        symbol TEXT NOT NULL,
        source TEXT NOT NULL,
        interval TEXT NOT NULL,
        horizon INTEGER NOT NULL,
        cost REAL NOT NULL,
        judge TEXT NOT NULL,
        as_of INTEGER NOT NULL,
        known_at INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        exit INTEGER NOT NULL,
        action TEXT NOT NULL,
        regime TEXT NOT NULL,
        model TEXT NOT NULL,
        side TEXT NOT NULL,
        rule TEXT NOT NULL,
        confidence REAL NOT NULL,
        p REAL,
        base REAL,
        long_result TEXT NOT NULL,
        short_result TEXT NOT NULL,
        long_return REAL NOT NULL,
        in_sample INTEGER NOT NULL,
        body TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX outcomes_known ON outcomes (origin, interval, horizon, known_at);
      CREATE TABLE calibrations (version TEXT PRIMARY KEY, known_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
    `,
  },
  {
    id: 15,
    name: 'late and tuning decisions, the word of a language model, history by judge and outcome',
    sql: `
      ALTER TABLE decisions ADD COLUMN set_back INTEGER NOT NULL DEFAULT 0;
      DROP INDEX decisions_by_symbol;
      CREATE INDEX decisions_by_symbol ON decisions (origin, symbol, source, interval, known_at, known_date, action,
        json_extract(summary, '$.lastBarDate'), json_extract(summary, '$.confidence'), json_extract(summary, '$.regime'),
        json_extract(summary, '$.lastClose'), json_extract(summary, '$.horizonBars'),
        json_extract(summary, '$.sampleStatus'), coalesce(json_extract(summary, '$.holdReasons[0].sentence'), ''),
        judge, id, json_extract(summary, '$.createdAt'));
      ALTER TABLE outcomes ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE outcomes ADD COLUMN tuning INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE outcomes ADD COLUMN said TEXT;
      ALTER TABLE outcomes ADD COLUMN llm_name TEXT;
      ALTER TABLE outcomes ADD COLUMN llm_hash TEXT;
      ALTER TABLE outcomes ADD COLUMN prompts TEXT;
      UPDATE outcomes SET tuning = 1 WHERE decision_id IN
        (SELECT id FROM decisions WHERE json_extract(summary, '$.sampleStatus') = 'tuning');
      UPDATE outcomes SET
        said = json_extract(d.body, '$.opinions.language.action'), llm_name = json_extract(d.body, '$.language.model'),
        llm_hash = json_extract(d.body, '$.provenance.modelHashes.llm'), prompts = json_extract(d.body, '$.provenance.promptHashes')
        FROM decisions d WHERE d.id = outcomes.decision_id AND outcomes.judge = 'llm';
      UPDATE outcomes SET late = 1, body = json_set(outcomes.body, '$.late', json('true'))
        FROM decisions d WHERE d.id = outcomes.decision_id AND outcomes.origin = 'live'
        AND 1000 * unixepoch(json_extract(d.body, '$.createdAt')) >=
          outcomes.as_of + outcomes.entry - 1000 * unixepoch(json_extract(d.body, '$.window.end'));
    `,
  },
  {
    id: 16,
    name: 'outcomes by the head that read the regime',
    sql: `
      ALTER TABLE outcomes ADD COLUMN regime_head TEXT NOT NULL DEFAULT '';
      UPDATE outcomes SET regime_head = json_extract(d.body, '$.provenance.modelHashes.heads')
        FROM decisions d WHERE d.id = outcomes.decision_id AND json_extract(d.body, '$.provenance.modelHashes.heads') IS NOT NULL;
    `,
  },
  {
    id: 17,
    name: 'when the trips of outcomes begin, and their regime heads by the hash that later ones are known by',
    /** Null = an open that follows the as-of. A bar is as long as the one of the decision, but for changes of clocks and months: half a bar is added. */
    sql: `
      ALTER TABLE outcomes ADD COLUMN begins INTEGER;
      UPDATE outcomes SET begins = outcomes.entry + 3 * (outcomes.as_of - 1000 * unixepoch(json_extract(d.body, '$.window.end'))) / 2
        FROM decisions d WHERE d.id = outcomes.decision_id
        AND (outcomes.source = 'samples-closes' OR (outcomes.horizon = 1 AND outcomes.exit > outcomes.entry));
      UPDATE outcomes SET regime_head = coalesce(json_extract(d.body, '$.provenance.modelHashes.regimeHead'), '')
        FROM decisions d WHERE d.id = outcomes.decision_id AND json_extract(d.body, '$.heads') IS NOT NULL;
    `,
  },
];
