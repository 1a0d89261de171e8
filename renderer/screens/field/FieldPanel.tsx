import { NativeSelect } from '@mantine/core';
import type { FieldView } from '../../../shared/domain/index.ts';
import { EmptyNote, FailureNote, LoadingNote, Panel, useKept } from '../../components/index.ts';
import { api, engine, queries, useQuery, useStore } from '../../engine/index.ts';
import { barTime } from '../../format/index.ts';
import { asOfOf, isIntraday, refKey, type SymbolRef, update, useClock, useWorkspace } from '../../workspace/index.ts';
import { FeatureTable, ScoreBars } from './Features.tsx';
import classes from './field.module.css';
import { type FieldQuery, Heads } from './Heads.tsx';
import { Pictures } from './Pictures.tsx';
import { Saliency, useSaliency } from './Saliency.tsx';

const LENGTHS = [32, 48, 64, 96, 128, 192, 256];

function WindowSelect() {
  const bars = useWorkspace('windowBars');
  const set = useStore(engine, (state) => state.settings.find((one) => one.name === 'WINDOW_BARS')?.value ?? 64);
  return (
    <NativeSelect
      size="xs"
      aria-label="Bars of the window"
      value={bars ?? ''}
      data={[
        { value: '', label: `${set} bars, as set` },
        ...LENGTHS.map((length) => ({ value: `${length}`, label: `${length} bars` })),
      ]}
      onChange={(event) => update({ windowBars: event.currentTarget.value ? Number(event.currentTarget.value) : null })}
    />
  );
}

function Heading({ field }: { field: FieldView }) {
  const intraday = isIntraday(field.interval);
  const at = (i: number) => barTime(field.time.at(i) ?? 0, intraday);
  return (
    <span className={classes.heading}>
      <b>{field.symbol}</b> {field.bars} bars, {at(0)} to {at(-1)}
    </span>
  );
}

function Body({ symbol }: { symbol: SymbolRef }) {
  const asOf = asOfOf(useClock());
  const windowBars = useWorkspace('windowBars');
  const request: FieldQuery = { ...symbol, asOf, ...(windowBars ? { windowBars } : {}) };
  const id = `${refKey(symbol)}|${asOf}|${windowBars ?? ''}`;
  const query = useQuery<FieldView>(`field|${id}`, (signal) => api().analysis.field(request, { signal }));
  const field = useKept(query.data, refKey(symbol));
  const asked = useSaliency(request, id);
  const toolbar = (
    <>
      {field && !query.failure ? <Heading field={field} /> : <span className={classes.heading} />}
      <WindowSelect />
    </>
  );
  return (
    <Panel id="field" label="Field" toolbar={toolbar}>
      {query.failure && <FailureNote failure={query.failure} onRetry={() => queries.retry(`field|${id}`)} />}
      {!query.failure && !field && <LoadingNote what="the field" />}
      {!query.failure && field && (
        <div className={classes.content}>
          <Pictures field={field} />
          <Saliency field={field} asked={asked} />
          <div className={classes.readings}>
            <ScoreBars field={field} />
            <Heads request={request} id={id} />
          </div>
          {field.notices.map((notice) => (
            <p key={notice.rule} className={classes.absent}>
              {notice.sentence}
            </p>
          ))}
          <FeatureTable field={field} />
        </div>
      )}
    </Panel>
  );
}

/** The window at the clock as the network sees it. */
export function FieldPanel() {
  const symbol = useWorkspace('symbol');
  if (symbol) return <Body symbol={symbol} />;
  return (
    <Panel id="field" label="Field">
      <EmptyNote title="No symbol is open.">Choose one in the watchlist.</EmptyNote>
    </Panel>
  );
}
