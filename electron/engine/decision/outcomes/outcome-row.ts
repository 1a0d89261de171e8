import type { Action, Interval, Origin, Regime, Side, SideResult, Source } from '../../../../shared/domain/index.ts';
import type { Rule } from '../lean.ts';
import type { ScoredRecord } from '../scorecard/scorecard.ts';

/** A row of the table `outcomes`: all that figures are made of, so that none of them reads a whole decision. */
export interface OutcomeRow {
  decision_id: string;
  origin: Origin;
  replay_id: string | null;
  symbol: string;
  source: Source;
  interval: Interval;
  horizon: number;
  cost: number;
  judge: 'numeric' | 'llm';
  as_of: number;
  known_at: number;
  entry: number;
  exit: number;
  /** UTC ms; null of some that were settled before it was kept. */
  begins: number | null;
  action: Action;
  regime: Regime;
  model: string;
  /** SHA-256 of the fine-tuned head that read the regime; '' = the shipped one. */
  regime_head: string;
  side: Side;
  rule: Rule;
  confidence: number;
  p: number | null;
  base: number | null;
  long_result: SideResult;
  short_result: SideResult;
  long_return: number;
  in_sample: 0 | 1;
  /** A live decision that was made too late to be a forecast. */
  late: 0 | 1;
  tuning: 0 | 1;
  /** Of both judges: the language model's own action, its name, the SHA-256 of its file, and its prompts' as canonical JSON. */
  said: Action | null;
  llm_name: string | null;
  llm_hash: string | null;
  prompts: string | null;
}

export function recordOf(row: OutcomeRow): ScoredRecord {
  const { symbol, source, origin, action, regime, model, side, rule, confidence, p, base } = row;
  return {
    ...{ symbol, source, origin, action, regime, model, side, rule, confidence, p, base },
    decisionId: row.decision_id,
    asOf: row.as_of,
    entry: row.entry,
    exit: row.exit,
    begins: row.begins ?? row.as_of,
    knownAt: row.known_at,
    won: { long: row.long_result === 'win', short: row.short_result === 'win' },
    horizonBars: row.horizon,
    regimeHead: row.regime_head,
    longReturn: row.long_return,
    inSample: row.in_sample === 1,
    late: row.late === 1,
    tuning: row.tuning === 1,
    language:
      row.said === null
        ? null
        : { action: row.said, name: row.llm_name ?? '', sha256: row.llm_hash, prompts: row.prompts ?? '{}' },
  };
}
