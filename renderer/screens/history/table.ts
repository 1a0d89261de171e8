import {
  type DecisionSort,
  type DecisionSummary,
  type OutcomeState,
  outcomeWord,
} from '../../../shared/domain/index.ts';
import { isAdjusted } from '../../format/index.ts';

/** Columns that the engine does not sort by. */
type Unsorted = 'pCorrect';

export const COLUMNS = [
  { key: 'lastBarDate', title: 'As of', numeric: false },
  { key: 'symbol', title: 'Symbol', numeric: false },
  { key: 'action', title: 'Action', numeric: false },
  { key: 'judge', title: 'Judge', numeric: false },
  { key: 'confidence', title: 'C', numeric: true },
  { key: 'pCorrect', title: 'P', numeric: true },
  { key: 'outcome', title: 'Outcome', numeric: false },
  { key: 'regime', title: 'Regime', numeric: false },
  { key: 'lastClose', title: 'Close', numeric: true },
  { key: 'horizonBars', title: 'Horizon', numeric: true },
  { key: 'sampleStatus', title: 'Sample', numeric: false },
  { key: 'reason', title: 'Reason', numeric: false },
  { key: 'createdAt', title: 'Stored', numeric: false },
] as const satisfies readonly { key: DecisionSort | Unsorted; title: string; numeric: boolean }[];
export type Column = (typeof COLUMNS)[number];
export type ColumnKey = Exclude<Column['key'], Unsorted>;

/** The engine sorts by what stands in the decision itself, and by the return of what became of it. */
export const sortKey = ({ key }: Column): ColumnKey | null => (key === 'pCorrect' ? null : key);
export interface Sorting {
  key: ColumnKey;
  descending: boolean;
}

/** What the last close of a decision is. */
const basis = ({ source }: Pick<DecisionSummary, 'source'>) =>
  isAdjusted(source) ? 'adjusted at the source' : 'as the source gave it';

/** A decision with what became of it, as far as it is stored. */
export interface Exported {
  decision: DecisionSummary;
  outcome: OutcomeState;
}

/** Decisions as JSON, each with what its last close is. */
export const exportJson = (exported: readonly Exported[]): string =>
  JSON.stringify(
    exported.map(({ decision, outcome }) => ({ ...decision, lastCloseIs: basis(decision), outcome })),
    null,
    2,
  );

export const EXPORT_HEADER = [
  'id',
  'stored',
  'symbol',
  'source',
  'interval',
  'as_of',
  'last_bar',
  'last_close',
  'last_close_is',
  'currency',
  'action',
  'signal_confidence',
  'threshold',
  'regime',
  'horizon_bars',
  'sample',
  'hold_reasons',
  'origin',
  'p_correct',
  'outcome',
  'outcome_known_at',
  'long_gross_return',
  'judge',
];

/** A decision as a line of the CSV export. */
export const exportRow = ({ decision, outcome }: Exported): (string | number)[] => [
  decision.id,
  decision.createdAt,
  decision.symbol,
  decision.source,
  decision.interval,
  decision.asOf,
  decision.lastBarDate,
  decision.lastClose,
  basis(decision),
  decision.currency,
  decision.action,
  decision.confidence,
  decision.threshold,
  decision.regime,
  decision.horizonBars,
  decision.sampleStatus,
  decision.holdReasons.map((reason) => reason.code).join(' '),
  decision.origin ?? 'live',
  decision.pCorrect ?? '',
  outcomeWord(outcome),
  outcome.state === 'settled' ? outcome.outcome.knownAt : '',
  outcome.state === 'settled' ? outcome.outcome.long.grossReturn : '',
  decision.judge ?? 'numeric',
];
