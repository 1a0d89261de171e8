import type { Client } from '../../../shared/contract/index.ts';
import type { ModelInfo, Reading, ReadingView } from '../../../shared/domain/index.ts';
import { FailureNote, InfoTip, LoadingNote, ProbabilityBars } from '../../components/index.ts';
import { api, queries, useQuery } from '../../engine/index.ts';
import { duration, figure } from '../../format/index.ts';
import classes from './field.module.css';

/** The window that is read. */
export type FieldQuery = Parameters<Client['analysis']['reading']>[0];

const HEADS = [
  { head: 'regime', title: 'Regime of the window' },
  { head: 'direction', title: 'Direction of the bars ahead' },
  { head: 'volatility', title: 'Volatility of the bars ahead' },
] as const;

export const useModel = () => useQuery<ModelInfo>('model', (signal) => api().models.convnext(undefined, { signal }));

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
        {figure(card.ece.value, 3)}.
      </InfoTip>
    </div>
  );
}

function Head({
  head,
  title,
  reading,
  model,
}: {
  head: keyof Reading;
  title: string;
  reading: Reading;
  model: ModelInfo | undefined;
}) {
  return (
    <section aria-label={title} data-testid={`head-${head}`}>
      <h3>{title}</h3>
      <ProbabilityBars values={reading[head]} />
      <Verdict head={head} model={model} />
    </section>
  );
}

/** Class probabilities of the three heads beside what each head proved able to do. */
export function Heads({ request, id }: { request: FieldQuery; id: string }) {
  const key = `reading|${id}`;
  const query = useQuery<ReadingView>(key, (signal) => api().analysis.reading(request, { signal }));
  const model = useModel().data;
  if (query.failure) return <FailureNote failure={query.failure} onRetry={() => queries.retry(key)} />;
  const view = query.data;
  if (!view) return <LoadingNote what="the network's reading" />;
  if (!view.reading)
    return <p className={classes.absent}>{view.reason} Only the fields, the features and the scores exist.</p>;
  const { reading } = view;
  return (
    <>
      {HEADS.map((head) => (
        <Head key={head.head} {...head} reading={reading} model={model} />
      ))}
      <p className={classes.ran}>
        {view.executionProvider}, {duration(view.inferenceMs)}
        {view.fallback && `. ${view.fallback}`}
      </p>
    </>
  );
}
