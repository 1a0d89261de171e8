import type { Decision, Edge, PCorrect, TrackRecord } from '../../../shared/domain/index.ts';
import { InfoTip } from '../../components/index.ts';
import { share } from '../../format/index.ts';
import classes from './decision.module.css';

interface RangeProps {
  value: number;
  low: number;
  high: number;
  base: number | null;
}

/** A share with its interval, and the base rate as a mark. */
function Range({ value, low, high, base }: RangeProps) {
  const percent = (of: number) => `${of * 100}%`;
  return (
    <div className={classes.gauge} aria-hidden="true">
      <i className={classes.span} style={{ left: percent(low), width: percent(high - low) }} />
      <i className={classes.point} style={{ left: percent(value) }} />
      {base !== null && <i className={classes.base} style={{ left: percent(base) }} />}
    </div>
  );
}

function ProbabilityCorrect({ pCorrect }: { pCorrect: PCorrect }) {
  const calibrated = pCorrect.state === 'calibrated';
  return (
    <section aria-label="P(correct)">
      <div className={classes.row}>
        <h3>P(correct)</h3>
        <InfoTip label="What P(correct) means">
          How often decisions like this one won, among those settled by its as-of. It says nothing about how sure the
          reading is: that is C. Mark below the line: the base rate, how often that side won whatever was decided.
        </InfoTip>
        <b className={classes.figure} data-testid="decision-p">
          {calibrated ? share(pCorrect.value, 1) : 'N/A'}
        </b>
      </div>
      {calibrated && <Range value={pCorrect.value} low={pCorrect.low} high={pCorrect.high} base={pCorrect.baseRate} />}
      <p className="dim" data-testid="decision-pcorrect">
        {pCorrect.sentence}
      </p>
    </section>
  );
}

function Record({ record }: { record: TrackRecord | null | undefined }) {
  return (
    <section aria-label="Track record">
      <div className={classes.row}>
        <h3>Track record</h3>
        <InfoTip label="What the track record means">
          Of the past setups whose pictures are most like this one: how many won on the same side. Only outcomes known
          by the as-of count.
        </InfoTip>
        <b className={classes.figure}>{record ? `${record.hits} of ${record.n}` : 'N/A'}</b>
      </div>
      {record && <Range value={record.rate} low={record.low} high={record.high} base={record.baseRate} />}
      <p className="dim" data-testid="decision-track">
        {record?.sentence ?? 'No similar past setup that counts had a known outcome by then; late ones do not count.'}
      </p>
    </section>
  );
}

const GATES: Record<Edge['gate'], string> = {
  off: 'The gate is off: it changes no decision.',
  warn: 'The gate warns: it changes no decision.',
  enforce: 'The gate is enforced: without a shown edge a position becomes a hold.',
};

function EdgeShown({ edge }: { edge: Edge }) {
  return (
    <section aria-label="Edge">
      <div className={classes.row}>
        <h3>Edge and size</h3>
        <b className={classes.figure} data-testid="decision-size">
          {edge.size > 0 ? share(edge.size, 1) : 'no size'}
        </b>
      </div>
      <p className="dim" data-testid="decision-edge">
        {edge.sentence} {GATES[edge.gate]}
        {edge.size > 0 && ' The suggested size is a share of equity: a quarter of Kelly, at most 10 %.'}
      </p>
    </section>
  );
}

/** What experience says to a decision: three figures apart from C and from each other. */
export function Judged({ decision }: { decision: Decision }) {
  return (
    <>
      <ProbabilityCorrect pCorrect={decision.pCorrect} />
      <Record record={decision.trackRecord} />
      {decision.edge && <EdgeShown edge={decision.edge} />}
    </>
  );
}
