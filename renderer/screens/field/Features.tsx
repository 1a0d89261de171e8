import { FEATURE_NAMES, type FieldView } from '../../../shared/domain/index.ts';
import { ScoreBar } from '../../components/index.ts';
import { figure } from '../../format/index.ts';
import classes from './field.module.css';
import { MEANINGS, SCORES } from './meanings.ts';

export function ScoreBars({ field }: { field: FieldView }) {
  return (
    <section aria-label="Pattern scores">
      <h3>Pattern scores</h3>
      {(['trend', 'cycle', 'burst'] as const).map((name) => (
        <ScoreBar key={name} value={field.scores[name]} {...SCORES[name]} />
      ))}
    </section>
  );
}

export function FeatureTable({ field }: { field: FieldView }) {
  return (
    <table className={classes.features} aria-label="The 13 features">
      <thead>
        <tr>
          <th>Feature</th>
          <th className="num">Value</th>
          <th>Reads as</th>
        </tr>
      </thead>
      <tbody>
        {FEATURE_NAMES.map((name) => (
          <tr key={name}>
            <td className="mono">{name}</td>
            <td className="num">{figure(field.features[name], name === 'cycle_period' ? 1 : 3)}</td>
            <td className="dim">{MEANINGS[name]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
