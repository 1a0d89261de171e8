import type { AsOf, PatternView } from '../../../shared/domain/index.ts';
import { EmptyNote, FailureNote, LoadingNote } from '../../components/index.ts';
import { queries } from '../../engine/index.ts';
import { REGIME_NAMES, share } from '../../format/index.ts';
import { namedBy, rateText } from './labels.ts';
import classes from './memory.module.css';
import { usePatterns, useRegimes } from './useMemories.ts';

function Row({ pattern }: { pattern: PatternView }) {
  return (
    <tr>
      <th scope="row">
        {pattern.name}
        <small>{pattern.description}</small>
      </th>
      <td>{namedBy(pattern)}</td>
      <td className="num">{pattern.statedRate === null ? 'N/A' : share(pattern.statedRate)}</td>
      <td>{rateText(pattern.live)}</td>
    </tr>
  );
}

/** Every pattern with how often it came true, beside what its author says. */
export function Patterns({ asOf }: { asOf: AsOf | undefined }) {
  const answer = usePatterns(asOf);
  if (answer.failure)
    return <FailureNote failure={answer.failure} onRetry={() => queries.retry(`patterns|${asOf ?? ''}`)} />;
  if (!answer.data) return <LoadingNote what="patterns" />;
  if (answer.data.length === 0)
    return (
      <EmptyNote title="No pattern yet">
        <p>
          A pattern you add will stand here with how often it came true, counted from settled setups and your trades.
        </p>
      </EmptyNote>
    );
  return (
    <section className={classes.scroll} aria-label="Patterns">
      <table className="table" data-testid="patterns">
        <thead>
          <tr>
            <th>Pattern</th>
            <th>Counts for it</th>
            <th className="num">Stated</th>
            <th>Live rate</th>
          </tr>
        </thead>
        <tbody>
          {answer.data.map((pattern) => (
            <Row key={pattern.id} pattern={pattern} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How often either side won in each regime. */
export function Regimes({ asOf }: { asOf: AsOf | undefined }) {
  const stats = useRegimes(asOf).data;
  if (!stats) return null;
  if (stats.every(({ long }) => long.n === 0))
    return (
      <p className="dim">
        How often a long and a short won in each regime will stand here once decisions have settled.
      </p>
    );
  return (
    <section className={classes.scroll} aria-label="Regimes">
      <table className="table" data-testid="regime-stats">
        <thead>
          <tr>
            <th>Regime</th>
            <th>Long won</th>
            <th>Short won</th>
          </tr>
        </thead>
        <tbody>
          {stats.map(({ regime, long, short }) => (
            <tr key={regime}>
              <th scope="row">{REGIME_NAMES[regime]}</th>
              <td>{rateText(long)}</td>
              <td>{rateText(short)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
