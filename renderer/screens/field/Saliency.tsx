import { Button, SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { FieldView, HeadName, SaliencyView } from '../../../shared/domain/index.ts';
import { isSkilled } from '../../../shared/domain/index.ts';
import { FailureNote, InfoTip } from '../../components/index.ts';
import { api, type Query, queries, useQuery } from '../../engine/index.ts';
import { words } from '../../format/index.ts';
import { markedBars, useModelFor } from '../../workspace/index.ts';
import classes from './field.module.css';
import type { FieldQuery } from './Heads.tsx';
import { SaliencyStrip } from './SaliencyStrip.tsx';
import { runsOf } from './salient.ts';

export interface Asked {
  query: Query<SaliencyView>;
  asked: boolean;
  ask: () => void;
  stop: () => void;
  retry: () => void;
}

/** Some 35 readings of the window on screen, only when asked for; leaving the window, or `stop`, ends them. */
export function useSaliency(request: FieldQuery, id: string): Asked {
  const [wanted, setWanted] = useState<string | null>(null);
  const asked = wanted === id;
  const key = `saliency|${id}`;
  const query = useQuery<SaliencyView>(asked ? key : null, (signal) => api().analysis.saliency(request, { signal }));
  return {
    query,
    asked,
    ask: () => setWanted(id),
    stop: () => setWanted(null),
    retry: () => queries.retry(key),
  };
}

function Explanation() {
  return (
    <InfoTip label="How this is found" width={320}>
      Two bars at a time are taken out: the path runs straight between the bars beside them, so that their move is gone
      and no level is invented. The window is drawn anew and read again; how far the top class falls is what those bars
      did for the reading. It explains the reading, not the market.
    </InfoTip>
  );
}

/** Marks the most salient bars on every panel that draws the window, for as long as they are shown. */
function useMarks(view: SaliencyView, head: SaliencyView['heads'][number] | undefined): void {
  useEffect(() => {
    const runs = runsOf(head?.without.bars ?? []);
    const at = (bar: number) => view.time[bar] ?? 0;
    const spans = runs.map(([from, to]) => [at(from), at(to)] as const);
    const { symbol, windowHash } = view;
    markedBars.set({ symbol, windowHash, bars: view.time.length, runs, spans });
    return () => markedBars.set(null);
  }, [view, head]);
}

function Result({ view, field }: { view: SaliencyView; field: FieldView }) {
  const model = useModelFor(view.tuned, view.source).data;
  const [chosen, setChosen] = useState<HeadName>('regime');
  const skilled = view.heads.filter(({ head }) => head === 'regime' || (model && isSkilled(model, head)));
  const head = skilled.find((one) => one.head === chosen) ?? skilled[0];
  useMarks(view, head);
  if (!head) return <p className={classes.absent}>{view.reason}</p>;
  return (
    <>
      {skilled.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="Head"
          value={head.head}
          onChange={(value) => setChosen(value as HeadName)}
          data={skilled.map((one) => ({ value: one.head, label: words(one.head) }))}
        />
      )}
      <p className={classes.stripSentence} data-testid="saliency-sentence">
        {head.sentence}
      </p>
      <SaliencyStrip head={head} field={field} />
    </>
  );
}

/** Which bars moved the network's reading, on demand. */
export function Saliency({ field, asked }: { field: FieldView; asked: Asked }) {
  const { query } = asked;
  const view = query.data?.windowHash === field.windowHash ? query.data : undefined;
  const reading = asked.asked && !query.failure && !view;
  return (
    <section aria-label="What moved the reading" className={classes.saliency}>
      <div className={classes.saliencyHead}>
        <h3>What moved the reading</h3>
        <Explanation />
        {!asked.asked && (
          <Button size="compact-xs" variant="default" onClick={asked.ask} data-testid="saliency-ask">
            Show which bars
          </Button>
        )}
        {asked.asked && (
          <Button size="compact-xs" variant="default" onClick={asked.stop} data-testid="saliency-stop">
            {reading ? 'Cancel' : 'Hide'}
          </Button>
        )}
        {reading && (
          <span className="dim" role="status">
            Reading the window without each pair of its bars
          </span>
        )}
      </div>
      {asked.asked && query.failure && <FailureNote failure={query.failure} onRetry={asked.retry} />}
      {asked.asked && !query.failure && view && <Result view={view} field={field} />}
    </section>
  );
}
