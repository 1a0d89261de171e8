import type { Client } from '../../../shared/contract/index.ts';
import type { ModelInfo, Reading, ReadingView } from '../../../shared/domain/index.ts';
import { hasHitRates, noveltyText, skillNote } from '../../../shared/domain/index.ts';
import { ClassProbabilities, FailureNote, HeldOutTip, InfoTip, LoadingNote } from '../../components/index.ts';
import { api, queries, useQuery } from '../../engine/index.ts';
import { duration, figure } from '../../format/index.ts';
import { useModelFor } from '../../workspace/index.ts';
import classes from './field.module.css';

/** The window that is read. */
export type FieldQuery = Parameters<Client['analysis']['reading']>[0];

const HEADS = [
  { head: 'regime', title: 'Regime of the window' },
  { head: 'direction', title: 'Direction of the bars ahead' },
  { head: 'volatility', title: 'Volatility of the bars ahead' },
] as const;

function Verdict({ head, model }: { head: keyof Reading; model: ModelInfo | undefined }) {
  const card = model?.heads.find((one) => one.head === head);
  if (!card || !model) return null;
  return (
    <div className={classes.verdict}>
      <span>{card.verdict}</span>
      <InfoTip label={`How the ${head} head was measured`}>
        Held out: {model.heldOut.set}, {model.heldOut.windows} windows. Accuracy {figure(card.accuracy.value)} (
        {figure(card.accuracy.low)} to {figure(card.accuracy.high)}), the class prior alone{' '}
        {figure(card.priorAccuracy.value)}. Log-loss {figure(card.logLoss.value)}, calibration error{' '}
        {figure(card.ece.value, 3)}. The Models panel has all of it.
      </InfoTip>
    </div>
  );
}

interface HeadProps {
  head: keyof Reading;
  title: string;
  reading: Reading;
  model: ModelInfo | undefined;
}

/** What the figures of a head are worth, above them. */
function Worth({ head, model }: Pick<HeadProps, 'head' | 'model'>) {
  if (!model) return null;
  const note = skillNote(model, head);
  return (
    <>
      {note && <span className={classes.noSkill}>{note}</span>}
      {hasHitRates(model, head) && (
        <span className={classes.heldHead}>
          held out <HeldOutTip model={model} />
        </span>
      )}
    </>
  );
}

function Head({ head, title, reading, model }: HeadProps) {
  return (
    <section aria-label={title} data-testid={`head-${head}`}>
      <div className={classes.headTitle}>
        <h3>{title}</h3>
        <Worth head={head} model={model} />
      </div>
      <ClassProbabilities head={head} values={reading[head]} model={model} />
      <Verdict head={head} model={model} />
    </section>
  );
}

/** Class probabilities of the three heads beside what each head proved able to do. */
export function Heads({ request, id }: { request: FieldQuery; id: string }) {
  const key = `reading|${id}`;
  const query = useQuery<ReadingView>(key, (signal) => api().analysis.reading(request, { signal }));
  const model = useModelFor(query.data?.heads, query.data?.source).data;
  if (query.failure) return <FailureNote failure={query.failure} onRetry={() => queries.retry(key)} />;
  const view = query.data;
  if (!view) return <LoadingNote what="the network's reading" />;
  if (!view.reading)
    return <p className={classes.absent}>{view.reason} Only the fields, the features and the scores exist.</p>;
  const { reading } = view;
  return (
    <>
      {view.novelty?.flagged && (
        <p className={`${classes.absent} ${classes.whole}`} role="alert">
          This window is {noveltyText(view.novelty)}: neither its readings nor their held-out figures can be relied on,
          and no position is taken.
        </p>
      )}
      {HEADS.map((head) => (
        <Head key={head.head} {...head} reading={reading} model={model} />
      ))}
      <p className={classes.ran} data-testid="reading-heads">
        Read by {view.headsNote}.
      </p>
      <p className={classes.ran}>
        {view.novelty && !view.novelty.flagged && `Novelty: ${noveltyText(view.novelty)}. `}
        {view.executionProvider}, {duration(view.inferenceMs)}
        {view.fallback && `. ${view.fallback}`}
      </p>
    </>
  );
}
