import { Button, SegmentedControl, Switch, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { analyzeSymbol } from '../../app/commands.ts';
import { EmptyNote, FailureNote, LoadingNote, Panel, useKept } from '../../components/index.ts';
import { queries } from '../../engine/index.ts';
import { sourceWords } from '../../format/index.ts';
import {
  isLive,
  refKey,
  type SymbolRef,
  seriesKey,
  update,
  useClock,
  useInstruments,
  useInterval,
  useSeries,
  useWorkspace,
} from '../../workspace/index.ts';
import { RANGES, type RangeName } from './bars.ts';
import { Canvas } from './Canvas.tsx';
import classes from './chart.module.css';

interface ToolbarProps {
  symbol: SymbolRef;
  range: RangeName | null;
  onRange: (range: RangeName) => void;
}

function Toolbar({ symbol, range, onRange }: ToolbarProps) {
  const reveal = useWorkspace('reveal');
  const clock = useClock();
  const interval = useInterval(symbol);
  const instrument = useInstruments().data?.find((one) => one.symbol === symbol.symbol && one.source === symbol.source);
  return (
    <>
      <h3 className={classes.title} data-testid="chart-symbol">
        {symbol.symbol}
      </h3>
      <span className={classes.name} title={instrument?.name}>
        {[instrument?.name, sourceWords(symbol.source), interval, instrument?.timezone].filter(Boolean).join(', ')}
      </span>
      <SegmentedControl
        size="xs"
        aria-label="Range"
        value={range ?? ''}
        onChange={(value) => onRange(value as RangeName)}
        data={RANGES.map(({ name }) => name)}
      />
      <Tooltip label="Shows the bars after the clock in another shade. No reading and no decision uses them.">
        <Switch
          size="xs"
          label={
            <>
              Reveal<span className={classes.wide}> what followed</span>
            </>
          }
          aria-label="Reveal what followed"
          checked={reveal}
          disabled={clock === 'latest'}
          onChange={(event) => update({ reveal: event.currentTarget.checked })}
        />
      </Tooltip>
      <Button size="compact-xs" variant="default" onClick={analyzeSymbol}>
        Analyze
      </Button>
    </>
  );
}

/** A live symbol is among the instruments once its bars have come; asks for these again then, once a symbol. */
function useLiveInstrument(symbol: SymbolRef | null, arrived: boolean): void {
  const instruments = useInstruments().data;
  const known = instruments?.some((one) => one.symbol === symbol?.symbol && one.source === symbol.source) ?? true;
  const missing = symbol && isLive(symbol.source) && arrived && !known ? refKey(symbol) : null;
  useEffect(() => {
    if (missing) queries.invalidate(['instruments', 'search']);
  }, [missing]);
}

/** Candles, volume and decisions of the symbol on screen, up to the clock. */
export default function ChartPanel() {
  const symbol = useWorkspace('symbol');
  const clock = useClock();
  const reveal = useWorkspace('reveal');
  const [request, setRequest] = useState<{ range: RangeName }>({ range: '1Y' });
  const [range, setRange] = useState<RangeName | null>('1Y');
  const ask = (name: RangeName) => {
    setRange(name);
    setRequest({ range: name });
  };
  const query = useSeries(symbol, clock);
  const later = useSeries(symbol, reveal ? 'latest' : null).data;
  const series = useKept(query.data, symbol ? refKey(symbol) : '');
  useLiveInstrument(symbol, query.data !== undefined);
  const toolbar = symbol && <Toolbar symbol={symbol} range={range} onRange={ask} />;
  const retry = () => symbol && queries.retry(seriesKey(symbol, clock));
  return (
    <Panel id="chart" label="Chart" toolbar={toolbar} fill>
      {!symbol && <EmptyNote title="No symbol is open.">Choose one in the watchlist.</EmptyNote>}
      {query.failure && <FailureNote failure={query.failure} onRetry={retry} />}
      {!query.failure && symbol && !series && <LoadingNote what="the bars" />}
      {!query.failure && series && (
        <Canvas series={series} later={reveal ? later : undefined} request={request} onCustom={() => setRange(null)} />
      )}
    </Panel>
  );
}
