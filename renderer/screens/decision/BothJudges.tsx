import { Button } from '@mantine/core';
import type { Decision, Opinions } from '../../../shared/domain/index.ts';
import { ActionMark } from '../../components/index.ts';
import { certainty } from '../../format/index.ts';
import { update } from '../../workspace/index.ts';
import { modelName } from '../language/queue-text.ts';
import classes from './decision.module.css';

interface OpinionProps {
  name: string;
  opinion: Opinions['numeric'];
  children?: React.ReactNode;
}

function Opinion({ name, opinion, children }: OpinionProps) {
  return (
    <div className={classes.opinion}>
      <h4>{name}</h4>
      <div className={classes.roundHead}>
        <ActionMark action={opinion.action} />
        <span className="num">C {certainty(opinion.confidence)}</span>
      </div>
      <p className={classes.gist} title={opinion.sentence}>
        {opinion.sentence}
      </p>
      {children}
    </div>
  );
}

/** What each judge says for itself, side by side, and the rule that made one decision of it. */
export function BothJudges({ opinions, language }: { opinions: Opinions; language: Decision['language'] }) {
  const { follows } = opinions;
  return (
    <section aria-label="Both judges" data-testid="both-judges">
      <h3>Both judges</h3>
      <p data-testid="judges-sentence">{opinions.sentence}</p>
      <div className={classes.opinions}>
        <Opinion name="Numeric judge" opinion={opinions.numeric}>
          {follows && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => update({ decisionId: follows })}
              data-testid="judges-numeric"
            >
              Open the numeric decision
            </Button>
          )}
        </Opinion>
        <Opinion name={modelName(language?.model ?? null)} opinion={opinions.language} />
      </div>
    </section>
  );
}
