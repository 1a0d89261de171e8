import type { Recalled } from '../../../shared/domain/index.ts';
import { figure, REGIME_NAMES } from '../../format/index.ts';
import classes from './decision.module.css';

function happened(won: Recalled['won']): string {
  if (!won) return 'not known then';
  return won.long ? 'a long won' : won.short ? 'a short won' : 'neither won';
}

/** The past setups that a round recalled, the nearest first, with what was known of them then. */
export function RecalledSetups({ recalled }: { recalled: readonly Recalled[] }) {
  return (
    <table className={classes.recalled} data-testid="recalled-setups">
      <thead>
        <tr>
          <th>Recalled</th>
          <th>As of</th>
          <th>Regime</th>
          <th className="num">Distance</th>
          <th>What happened</th>
        </tr>
      </thead>
      <tbody>
        {recalled.map(({ decisionId, symbol, asOf, regime, distance, won }) => (
          <tr key={decisionId}>
            <td>{symbol}</td>
            <td>{asOf.slice(0, 10)}</td>
            <td>{REGIME_NAMES[regime]}</td>
            <td className="num">{figure(distance)}</td>
            <td>{happened(won)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
