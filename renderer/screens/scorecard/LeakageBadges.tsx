import { leakageBadge, type ScoredModel } from '../../../shared/domain/index.ts';
import { Icon } from '../../components/index.ts';
import classes from './scorecard.module.css';

/** Of each language model that the figures rest on, whether it was tested for knowing the past it is shown. */
export function LeakageBadges({ models }: { models: readonly ScoredModel[] }) {
  return models.map((model) => (
    <p
      key={`${model.name} ${JSON.stringify(model.prompts)}`}
      className={model.leakage ? 'dim' : classes.untested}
      data-testid="leakage-badge"
    >
      <Icon name={model.leakage ? 'check' : 'ask'} size={11} /> {leakageBadge(model)}
    </p>
  ));
}
