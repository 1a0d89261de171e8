import {
  FEWEST_HELD_OUT,
  FEWEST_INDEPENDENT,
  type HeadName,
  hasHitRates,
  heldOutRate,
  type ModelInfo,
  NO_HELD_OUT,
  skillNote,
} from '../../shared/domain/index.ts';
import { share, whole } from '../format/index.ts';
import { ProbabilityBars } from './Bars.tsx';
import classes from './components.module.css';
import { InfoTip } from './InfoTip.tsx';

/** "95 % of 812": how often a class was right on held-out windows at about this probability. */
export function heldOutText(model: ModelInfo, head: HeadName, name: string, probability: number): string {
  const found = heldOutRate(model, head, name, probability);
  return found ? `${share(found.rate)} of ${whole(found.n)}` : NO_HELD_OUT;
}

/** What the column of held-out figures means. */
export function HeldOutTip({ model }: { model: ModelInfo }) {
  const { reliability } = model;
  if (!reliability) return null;
  return (
    <InfoTip label="What the held-out figures mean">
      Beside each probability: how often that class was right among windows the network never saw and gave it about the
      same probability (in steps of a tenth), and how many those were. Fewer than {FEWEST_HELD_OUT}, or such as tell no
      more than {FEWEST_INDEPENDENT} independent ones, give no figure. Counted on {reliability.set}.
    </InfoTip>
  );
}

interface Props {
  head: HeadName;
  values: Readonly<Record<string, number>>;
  /** The card of the weights that gave these probabilities; without it no figure stands beside them. */
  model: ModelInfo | undefined;
}

/** Class probabilities of one head, each with the held-out hit rate of its confidence bin; without skill none is dressed up. */
export function ClassProbabilities({ head, values, model }: Props) {
  if (!model) return <ProbabilityBars values={values} />;
  if (skillNote(model, head) === 'no skill measured') return <ProbabilityBars values={values} plain />;
  if (!hasHitRates(model, head)) {
    return (
      <>
        <ProbabilityBars values={values} />
        <p className={classes.heldNote}>No held-out figures: these heads have none in the network's card.</p>
      </>
    );
  }
  return <ProbabilityBars values={values} beside={(name, value) => heldOutText(model, head, name, value)} />;
}
