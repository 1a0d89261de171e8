import type { LanguageReading, Scores } from '../../../shared/domain/index.ts';
import { Icon } from '../../components/index.ts';
import classes from './decision.module.css';

const NAMES = { trend: 'Trend', cycle: 'Cycle', burst: 'Burst' } as const;
const ORDER = ['trend', 'cycle', 'burst'] as const;

/** The model's scores beside those by formula, from 0 to 10; more than 4 apart is marked. */
export function LanguageScores({ language, formula }: { language: LanguageReading; formula: Scores }) {
  return (
    <table className={classes.recalled} data-testid="language-scores">
      <thead>
        <tr>
          <th>Score of 10</th>
          <th className="num">Its own</th>
          <th className="num">By formula</th>
          <th>Difference</th>
        </tr>
      </thead>
      <tbody>
        {ORDER.map((name) => (
          <tr key={name}>
            <td>{NAMES[name]}</td>
            <td className="num">{language.scores[name]}</td>
            <td className="num">{formula[name]}</td>
            <td>
              {language.disagreements.includes(name) && (
                <span className={classes.apart}>
                  <Icon name="ask" size={11} /> {Math.abs(language.scores[name] - formula[name])} apart
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
