import type { DecisionSort, DecisionSummary } from '../../../shared/domain/index.ts';
import { isAdjusted } from '../../format/index.ts';

export const COLUMNS = [
  { key: 'lastBarDate', title: 'As of', numeric: false },
  { key: 'symbol', title: 'Symbol', numeric: false },
  { key: 'action', title: 'Action', numeric: false },
  { key: 'confidence', title: 'C', numeric: true },
  { key: 'regime', title: 'Regime', numeric: false },
  { key: 'lastClose', title: 'Close', numeric: true },
  { key: 'horizonBars', title: 'Horizon', numeric: true },
  { key: 'sampleStatus', title: 'Sample', numeric: false },
  { key: 'reason', title: 'Reason', numeric: false },
  { key: 'createdAt', title: 'Stored', numeric: false },
] as const satisfies readonly { key: DecisionSort; title: string; numeric: boolean }[];
export type ColumnKey = (typeof COLUMNS)[number]['key'];
export interface Sorting {
  key: ColumnKey;
  descending: boolean;
}

/** What the last close of a decision is. */
const basis = ({ source }: Pick<DecisionSummary, 'source'>) =>
  isAdjusted(source) ? 'adjusted at the source' : 'as the source gave it';

/** Decisions as JSON, each with what its last close is. */
export const exportJson = (decisions: readonly DecisionSummary[]): string =>
  JSON.stringify(
    decisions.map((decision) => ({ ...decision, lastCloseIs: basis(decision) })),
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
];

/** A decision as a line of the CSV export. */
export const exportRow = (decision: DecisionSummary): (string | number)[] => [
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
];
