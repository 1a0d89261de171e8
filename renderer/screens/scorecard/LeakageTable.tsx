import type { LeakageResult } from '../../../shared/domain/index.ts';
import { share } from '../../format/index.ts';

const NAMES = { hidden: 'Symbol and dates hidden', rescaled: 'Prices rescaled', perturbed: 'Path slightly moved' };
type Share = LeakageResult['shownHitRate'];

const shareText = ({ value, low, high }: Share) => `${share(value, 1)} (${share(low)} to ${share(high)})`;
const points = (value: number) => `${value > 0 ? '+' : value < 0 ? '\u2212' : ''}${Math.abs(100 * value).toFixed(1)}`;
const pointsText = ({ value, low, high }: Share) => `${points(value)} (${points(low)} to ${points(high)})`;

/** What a leakage test found, beside the windows as they are. */
export function LeakageTable({ test }: { test: LeakageResult }) {
  return (
    <>
      <p data-testid="leakage-result">
        {test.at.slice(0, 10)}: {test.sentence}
      </p>
      <table className="table">
        <thead>
          <tr>
            <th>Shown</th>
            <th className="num">Other action</th>
            <th className="num">Won</th>
            <th className="num">Difference, points</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">As it is</th>
            <td />
            <td className="num">{shareText(test.shownHitRate)}</td>
            <td />
          </tr>
          {test.variants.map(({ name, actionDiffers, hitRate, hitDifference }) => (
            <tr key={name}>
              <th scope="row">{NAMES[name]}</th>
              <td className="num">{shareText(actionDiffers)}</td>
              <td className="num">{shareText(hitRate)}</td>
              <td className="num">{pointsText(hitDifference)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
