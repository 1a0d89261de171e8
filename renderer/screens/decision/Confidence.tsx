import type { Decision, SignalConfidence } from '../../../shared/domain/index.ts';
import { InfoTip } from '../../components/index.ts';
import { certainty, figure } from '../../format/index.ts';
import classes from './decision.module.css';

/** The interval in words; a single ask has none. */
function intervalText({ interval, asks }: SignalConfidence): string {
  if (interval) return `95 % interval ${certainty(interval[0])} to ${certainty(interval[1])} over ${asks} asks`;
  return 'one ask, so no interval';
}

function Gauge({ confidence, threshold }: { confidence: SignalConfidence; threshold: number }) {
  const [low, high] = confidence.interval ?? [confidence.value, confidence.value];
  const percent = (value: number) => `${value * 100}%`;
  return (
    <div className={classes.gauge} aria-hidden="true">
      <i className={classes.level} style={{ width: percent(confidence.value) }} />
      {confidence.interval && (
        <i className={classes.interval} style={{ left: percent(low), width: percent(high - low) }} />
      )}
      <i className={classes.threshold} style={{ left: percent(threshold) }} />
    </div>
  );
}

/** C with its interval and threshold. */
export function Confidence({ decision }: { decision: Decision }) {
  const { confidence, threshold } = decision;
  const below = confidence.value < threshold;
  return (
    <section aria-label="Signal confidence">
      <div className={classes.row}>
        <h3>Signal confidence C</h3>
        <InfoTip label="What signal confidence means">
          How little the judge doubts its reading; not a chance of profit. C = 1 minus the entropy of an error
          probability of {confidence.eps > 0 && confidence.eps < 0.001 ? 'less than 0.001' : figure(confidence.eps, 3)}.
        </InfoTip>
        <b className={classes.figure} data-testid="decision-confidence">
          {certainty(confidence.value)}
        </b>
      </div>
      <Gauge confidence={confidence} threshold={threshold} />
      <p className="dim">
        {below ? 'Below' : 'At or above'} the threshold of {certainty(threshold)}; {intervalText(confidence)}
      </p>
    </section>
  );
}
