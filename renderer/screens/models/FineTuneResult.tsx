import type { FinetuneResult, HeadResult } from '../../../shared/domain/index.ts';
import { figure, share, whole } from '../../format/index.ts';
import classes from './finetune.module.css';

function Nats({ of }: { of: HeadResult['gain'] }) {
  return (
    <td className="num">
      {figure(of.value, 3)}
      <small>
        {figure(of.low, 3)} to {figure(of.high, 3)}
      </small>
    </td>
  );
}

/** What scrolls can be scrolled by keys. */
const reachable = { tabIndex: 0 };

function Table({ heads }: Pick<FinetuneResult, 'heads'>) {
  return (
    <section className={classes.scroll} {...reachable} aria-label="New heads beside the old ones">
      <table className="table" data-testid="finetune-result">
        <thead>
          <tr>
            <th>Head</th>
            <th className="num">Gain over the old, nats</th>
            <th className="num">Over class shares, nats</th>
            <th className="num">Right, new</th>
            <th className="num">Right, old</th>
            <th>Verdict</th>
          </tr>
        </thead>
        <tbody>
          {heads.map((head) => (
            <tr key={head.head}>
              <th scope="row">{head.head}</th>
              <Nats of={head.gain} />
              <Nats of={head.overShares} />
              <td className="num">{share(head.fresh.accuracy, 1)}</td>
              <td className="num">{share(head.old.accuracy, 1)}</td>
              <td className={head.better ? classes.better : ''}>{head.better ? 'Better' : 'Old head kept'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What a run found, head by head, on windows that neither the new nor the old heads had been fitted on. */
export function FineTuneResult({ result }: { result: FinetuneResult }) {
  const { windows, validationWindows, folds, blocks, notes } = result;
  return (
    <div role="status">
      <p className={classes.outcome} data-testid="finetune-outcome">
        {result.sentence}
      </p>
      <Table heads={result.heads} />
      <p className="dim">
        {whole(windows)} windows, validated on {whole(validationWindows)} of them in {folds} folds over {blocks} blocks
        of time. Intervals leave out 0.83 % on either side: 2.5 % shared by the three heads.
      </p>
      {notes.map((note) => (
        <p key={note} className="dim">
          {note}
        </p>
      ))}
    </div>
  );
}
