import { Button } from '@mantine/core';
import { analyzeSymbol } from '../../app/commands.ts';
import { EmptyNote, FailureNote, LoadingNote, Panel } from '../../components/index.ts';
import { queries } from '../../engine/index.ts';
import {
  clockDate,
  update,
  useClock,
  useCurrentDecision,
  useSymbolDecisions,
  useWorkspace,
} from '../../workspace/index.ts';
import { DecisionView } from './DecisionView.tsx';
import classes from './decision.module.css';

function None({ symbol }: { symbol: string }) {
  const clock = useClock();
  const by = clock === 'latest' ? 'yet' : `by ${clockDate(clock)}`;
  return (
    <EmptyNote title={`No decision on ${symbol} ${by}.`}>
      <Button size="compact-xs" variant="default" onClick={analyzeSymbol}>
        Analyze {symbol}
      </Button>
    </EmptyNote>
  );
}

function Toolbar({ symbol }: { symbol: string }) {
  const pinned = useWorkspace('decisionId');
  const { newest } = useCurrentDecision();
  const older = pinned !== null && pinned !== newest?.id;
  return (
    <>
      <b>{symbol}</b>
      <span className={classes.which}>{older ? 'opened as it was' : 'newest known at the clock'}</span>
      {older && (
        <Button size="compact-xs" variant="default" onClick={() => update({ decisionId: null })}>
          Newest
        </Button>
      )}
    </>
  );
}

function Body({ symbol }: { symbol: string }) {
  const { id, query } = useCurrentDecision();
  const list = useSymbolDecisions();
  if (!id && list.failure) return <FailureNote failure={list.failure} />;
  if (!id && !list.data) return <LoadingNote what="the decision" />;
  if (!id) return <None symbol={symbol} />;
  if (query.failure) return <FailureNote failure={query.failure} onRetry={() => queries.retry(`decision|${id}`)} />;
  if (!query.data) return <LoadingNote what="the decision" />;
  return <DecisionView decision={query.data} />;
}

/** The newest decision of the symbol, or the one opened from the history. */
export function DecisionPanel() {
  const symbol = useWorkspace('symbol')?.symbol;
  return (
    <Panel id="decision" label="Decision" toolbar={symbol && <Toolbar symbol={symbol} />}>
      {symbol ? (
        <Body symbol={symbol} />
      ) : (
        <EmptyNote title="No symbol is open.">Choose one in the watchlist.</EmptyNote>
      )}
    </Panel>
  );
}
