import type { Evidence } from '../../../shared/domain/index.ts';
import classes from './decision.module.css';

/** Sentences for or against a reading. */
export function EvidenceList({ title, sign, items }: { title: string; sign: string; items: readonly Evidence[] }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {items.length === 0 && <p className="dim">None found.</p>}
      <ul className={classes.evidence}>
        {items.map((item) => (
          <li key={item.code} data-sign={sign}>
            {item.sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}
