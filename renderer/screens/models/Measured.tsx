import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { HeadCard, MeasuredSet, ModelInfo } from '../../../shared/domain/index.ts';
import { skillNote } from '../../../shared/domain/index.ts';
import { asSentence, whole } from '../../format/index.ts';
import { Comparison } from './Comparison.tsx';
import classes from './models.module.css';
import { ReliabilityOf } from './ReliabilityOf.tsx';

const TITLES = { regime: 'Regime', direction: 'Direction', volatility: 'Volatility' } as const;

function Head({ head, set, model }: { head: HeadCard; set: MeasuredSet | undefined; model: ModelInfo }) {
  const note = skillNote(model, head.head);
  return (
    <section className={classes.head} aria-label={`The ${head.head} head`} data-testid={`model-head-${head.head}`}>
      <h3>
        {TITLES[head.head]}
        {note && <span className={classes.noSkill}>{note}</span>}
      </h3>
      <p>{head.verdict}</p>
      {head.worth && <p>{asSentence(head.worth)}</p>}
      {head.pictureAdds === false && (
        <p className={classes.picture}>
          On symbols and years it never saw, the picture was not measured to add anything to the best method that does
          without it.
        </p>
      )}
      <p className="dim">Label: {head.label}.</p>
      {set && <Comparison head={head.head} set={set} />}
      <ReliabilityOf head={head} model={model} />
    </section>
  );
}

/** Every head's figures on the set of held-out windows that is chosen. */
export function Measured({ model }: { model: ModelInfo }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const set = model.measured.find((one) => one.set === chosen) ?? model.measured[0];
  return (
    <>
      <NativeSelect
        size="xs"
        className={classes.set}
        label="Measured on"
        value={set?.set ?? ''}
        data={model.measured.map((one) => ({ value: one.set, label: `${one.title} (${whole(one.windows)} windows)` }))}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <p className="dim">
        Means with 95 % intervals; none of these windows was fitted on. Log-loss, Brier and ECE: less is better.
      </p>
      {model.heads.map((head) => (
        <Head key={head.head} head={head} set={set} model={model} />
      ))}
    </>
  );
}
