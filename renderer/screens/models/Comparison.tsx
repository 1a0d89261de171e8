import type { Figure, HeadName, MeasuredSet } from '../../../shared/domain/index.ts';
import { figure } from '../../format/index.ts';
import classes from './models.module.css';

const COLUMNS = [
  { name: 'accuracy', title: 'Accuracy' },
  { name: 'macroF1', title: 'Macro F1' },
  { name: 'logLoss', title: 'Log-loss' },
  { name: 'brier', title: 'Brier' },
  { name: 'ece', title: 'ECE' },
] as const;

/** What scrolls can be scrolled by keys. */
const reachable = { tabIndex: 0 };

/** The macro F1 gives way where there is little room. */
const cellClass = (name: string) => (name === 'macroF1' ? `num ${classes.roomy}` : 'num');

function Cell({ name, of }: { name: string; of: Figure }) {
  return (
    <td className={cellClass(name)}>
      {figure(of.value, 3)}
      <small>
        {figure(of.low, 3)} to {figure(of.high, 3)}
      </small>
    </td>
  );
}

/** One head on one held-out set: the network beside what costs less. */
export function Comparison({ head, set }: { head: HeadName; set: MeasuredSet }) {
  const rows = set.methods.flatMap(({ method, title, heads }) => {
    const found = heads[head];
    return found ? [{ method, title, found }] : [];
  });
  return (
    <section className={classes.scroll} {...reachable} aria-label={`${head} on ${set.title}`}>
      <table className="table" data-testid={`comparison-${head}`}>
        <thead>
          <tr>
            <th>Method</th>
            {COLUMNS.map(({ name, title }) => (
              <th key={name} className={cellClass(name)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ method, title, found }, i) => (
            <tr key={method} className={i === 0 ? classes.own : ''}>
              <th scope="row">{title}</th>
              {COLUMNS.map(({ name }) => (
                <Cell key={name} name={name} of={found[name]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
