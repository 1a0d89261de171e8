import type { HeadCard, HeldOutBin, ModelInfo } from '../../../shared/domain/index.ts';
import { FEWEST_HELD_OUT, FEWEST_INDEPENDENT, isEnough } from '../../../shared/domain/index.ts';
import { figure, share, whole, words } from '../../format/index.ts';
import classes from './models.module.css';
import { ReliabilityDiagram } from './ReliabilityDiagram.tsx';

function Line({ name, bin }: { name: string; bin: HeldOutBin }) {
  return (
    <tr>
      <td>{words(name)}</td>
      <td className="num">
        {bin.from.toFixed(1)} to {bin.to.toFixed(1)}
      </td>
      <td className="num">{whole(bin.n)}</td>
      <td className="num">{figure(bin.meanProbability, 3)}</td>
      <td className="num">
        {isEnough(bin) ? `${share(bin.hitRate, 1)} (${share(bin.low)} to ${share(bin.high)})` : 'too few'}
      </td>
    </tr>
  );
}

function Figures({ head, classesOf }: { head: string; classesOf: [string, HeldOutBin[]][] }) {
  return (
    <details className={classes.figures}>
      <summary>Reliability of the {head} head in figures</summary>
      <table className="table">
        <thead>
          <tr>
            <th>Class</th>
            <th className="num">Probability</th>
            <th className="num">Windows</th>
            <th className="num">Mean</th>
            <th className="num">Right in (95 %)</th>
          </tr>
        </thead>
        <tbody>
          {classesOf.flatMap(([name, bins]) =>
            bins.filter(({ n }) => n > 0).map((bin) => <Line key={`${name} ${bin.from}`} name={name} bin={bin} />),
          )}
        </tbody>
      </table>
    </details>
  );
}

/** How far the probabilities of a head could be trusted on held-out windows, class by class. */
export function ReliabilityOf({ head, model }: { head: HeadCard; model: ModelInfo }) {
  const table = model.reliability?.heads[head.head];
  if (!model.reliability || !table) return <p className="dim">This network's card has no reliability table.</p>;
  const classesOf = head.classes.flatMap((name): [string, HeldOutBin[]][] =>
    table[name] ? [[name, table[name]]] : [],
  );
  return (
    <>
      <div className={classes.diagrams}>
        {classesOf.map(([name, bins]) => (
          <ReliabilityDiagram key={name} name={name} bins={bins} />
        ))}
      </div>
      <p className="dim">
        Across: probability given, up: share in which the class was right, with its 95 % interval, wider where windows
        of one time are right or wrong together; on the dashed line the two agree. Hollow: fewer than {FEWEST_HELD_OUT}{' '}
        windows, or such as tell no more than {FEWEST_INDEPENDENT} independent ones. Counted on {model.reliability.set}
        {model.reliability.windows !== undefined && `, ${whole(model.reliability.windows)} windows`}.
      </p>
      <Figures head={head.head} classesOf={classesOf} />
    </>
  );
}
