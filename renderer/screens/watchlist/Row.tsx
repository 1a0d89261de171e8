import { Tooltip } from '@mantine/core';
import { memo } from 'react';
import type { WatchlistRow } from '../../../shared/contract/index.ts';
import type { DecisionSummary } from '../../../shared/domain/index.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { ActionMark, Sparkline } from '../../components/index.ts';
import { sentenceOf } from '../../engine/index.ts';
import { certainty, change, isAdjusted, price, SOURCE_NAMES, sessionsBehind, sourceWords } from '../../format/index.ts';
import { noBars } from './rows.ts';
import classes from './watchlist.module.css';

interface Props {
  row: WatchlistRow;
  decision: DecisionSummary | null;
  selected: boolean;
  entry: boolean;
  /** The instrument's; a row without bars does not bring it. */
  name: string;
  /** The symbol stands in the list more than once, from several sources. */
  ambiguous: boolean;
  /** Rows of the list end on several dates. */
  dated: boolean;
  /** The decision is of another interval than the bars of the row. */
  apart: boolean;
  onOpen: (row: WatchlistRow) => void;
}

const ADJUSTED = 'adjusted at the source for later splits and dividends, not the price of the day';

/** The last close and its change; what else must be known of it stands below in words. */
function Price({ row, dated }: { row: WatchlistRow; dated: boolean }) {
  const adjusted = isAdjusted(row.source);
  const title = `${row.currency}, close of ${row.lastDate ?? 'no bar'}${adjusted ? `, ${ADJUSTED}` : ''}`;
  return (
    <td className="num" title={title}>
      {price(row.lastClose)}
      <span className={`${classes.second} ${direction(row.changeFraction)}`}>{change(row.changeFraction)}</span>
      {adjusted && <span className={classes.second}>adjusted</span>}
      {dated && row.lastDate && <span className={classes.second}>{row.lastDate}</span>}
    </td>
  );
}

const direction = (fraction: number | null) =>
  fraction === null || fraction === 0 ? 'dim' : fraction > 0 ? 'up' : 'down';

function LastDecision({ row, decision, apart }: Pick<Props, 'row' | 'decision' | 'apart'>) {
  if (!decision) return <span className="dim">{apart && `${row.interval} `}none</span>;
  const old = decision.lastBarDate !== row.lastDate;
  return (
    <span
      className={old ? classes.old : ''}
      title={`Decided on the ${decision.interval} bar of ${decision.lastBarDate}`}
    >
      <ActionMark action={decision.action} />
      <span className={classes.second}>
        C {certainty(decision.confidence)}
        {apart && `, ${decision.interval}`}
      </span>
      {isNovel(decision) && <span className={classes.second}>novel picture</span>}
      {old && <span className={classes.second}>{decision.lastBarDate}</span>}
    </span>
  );
}

const isNovel = ({ holdReasons }: DecisionSummary) => holdReasons.some(({ code }) => code === 'novelty');

/** The name, or the source where that tells two rows apart, or how old live bars are. */
function Second({ row, name, ambiguous }: Pick<Props, 'row' | 'name' | 'ambiguous'>) {
  const title = `${name}, ${sourceWords(row.source)}`;
  const behind = sessionsBehind(row.sessionsBehind);
  if (behind)
    return (
      <span className={classes.stale} title={`${title}, ${behind}`}>
        {behind}
      </span>
    );
  return (
    <span className={classes.second} title={title}>
      {ambiguous ? SOURCE_NAMES[row.source] : name}
    </span>
  );
}

/** Why there is no price, in a line; the whole sentence where it is pointed at. */
function Failed({ error }: { error: ErrorData }) {
  const sentence = sentenceOf(error);
  const none = error.code === 'TOO_FEW_BARS';
  return (
    <>
      <td className={classes.spark} />
      <td colSpan={2} className={none ? classes.none : classes.error}>
        <Tooltip label={sentence}>
          <span>{none ? noBars(error) : sentence}</span>
        </Tooltip>
      </td>
    </>
  );
}

/** A symbol of the list: name, course, price, newest decision. */
export const Row = memo(function Row({ row, decision, name, selected, entry, ambiguous, dated, apart, onOpen }: Props) {
  return (
    <tr
      data-testid={`watchlist-row-${row.symbol}`}
      data-row={`${row.source}|${row.symbol}`}
      data-entry={entry || undefined}
      aria-selected={selected}
      tabIndex={entry ? 0 : -1}
      className={selected ? classes.selected : ''}
      onClick={() => onOpen(row)}
    >
      <td className={classes.symbol}>
        <b>{row.symbol}</b>
        <Second row={row} name={name} ambiguous={ambiguous} />
      </td>
      {row.error ? (
        <Failed error={row.error} />
      ) : (
        <>
          <td className={classes.spark}>
            <Sparkline closes={row.sparkline} />
          </td>
          <Price row={row} dated={dated} />
          <td className={classes.decision}>
            <LastDecision row={row} decision={decision} apart={apart} />
          </td>
        </>
      )}
    </tr>
  );
});
