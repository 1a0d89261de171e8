import { NO_HELD_OUT } from '../../shared/domain/index.ts';
import { probability, words } from '../format/index.ts';
import classes from './components.module.css';

interface ShareProps {
  label: string;
  value: number;
  strong?: boolean;
  /** What such a value was worth on held-out windows. */
  held?: string | undefined;
}

/** One probability or share in [0, 1] as a labelled bar. */
export function ShareBar({ label, value, strong = false, held }: ShareProps) {
  return (
    <div className={`${classes.share} ${strong ? classes.strong : ''} ${held ? classes.withHeld : ''}`}>
      <span className={classes.shareLabel}>{label}</span>
      <span className={classes.track} aria-hidden="true">
        <span className={classes.fill} style={{ width: `${Math.max(0, Math.min(1, value)) * 100}%` }} />
      </span>
      <span className="num">{probability(value)}</span>
      {held && (
        <span className={classes.held}>
          <span className={classes.hidden}>{held === NO_HELD_OUT ? ', ' : ', held out: right in '}</span>
          {held}
        </span>
      )}
    </div>
  );
}

interface BarsProps {
  values: Readonly<Record<string, number>>;
  /** What stands beside a class's figure. */
  beside?: (name: string, value: number) => string;
  /** No class stands out. */
  plain?: boolean;
}

/** Class probabilities in the head's own order; the largest stands out. */
export function ProbabilityBars({ values, beside, plain = false }: BarsProps) {
  const entries = Object.entries(values);
  const top = Math.max(...entries.map(([, value]) => value));
  return (
    <div>
      {entries.map(([name, value]) => (
        <ShareBar
          key={name}
          label={words(name)}
          value={value}
          strong={value === top && !plain}
          held={beside?.(name, value)}
        />
      ))}
    </div>
  );
}

/** A pattern score, whole 0 to 10, as ten steps. */
export function ScoreBar({ label, value, title }: { label: string; value: number; title: string }) {
  return (
    <div className={classes.score} title={title}>
      <span>{label}</span>
      <span className={classes.steps} aria-hidden="true">
        {STEPS.map((step) => (
          <i key={step} className={step < value ? classes.on : ''} />
        ))}
      </span>
      <span className="num">
        {value}
        <span className="dim"> / 10</span>
      </span>
    </div>
  );
}

const STEPS = Array.from({ length: 10 }, (_, step) => step);
