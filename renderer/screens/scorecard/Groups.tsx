import { SCORE_DIMENSIONS, type ScoreGroup } from '../../../shared/domain/index.ts';
import { change, figure, whole, words } from '../../format/index.ts';
import { hitText, TOO_FEW } from './Counts.tsx';
import classes from './scorecard.module.css';

const TITLES: Record<ScoreGroup['by'], string> = {
  action: 'By action',
  regime: 'By regime',
  horizon: 'By horizon',
  model: 'By model',
  sample: 'By sample',
};

function GroupRow({ group }: { group: ScoreGroup }) {
  const { by, name, settled, taken, forecast } = group;
  return (
    <tr>
      <th scope="row" className={by === 'model' ? 'mono' : ''}>
        {words(name) || 'not named'}
      </th>
      <td className="num">{whole(settled)}</td>
      <td className="num">{hitText(taken)}</td>
      {forecast ? (
        <>
          <td className="num">{figure(forecast.brier, 4)}</td>
          <td className="num">{change(forecast.brierSkill)}</td>
          <td className="num">{figure(forecast.ece, 4)}</td>
          <td className="num">{figure(forecast.spread.sd, 4)}</td>
        </>
      ) : (
        <td className="num dim" colSpan={4}>
          {TOO_FEW}
        </td>
      )}
    </tr>
  );
}

function GroupTable({ by, groups }: { by: ScoreGroup['by']; groups: readonly ScoreGroup[] }) {
  return (
    <table className={`table ${classes.group}`} data-testid={`scorecard-by-${by}`}>
      <thead>
        <tr>
          <th>{TITLES[by]}</th>
          <th className="num">Counted</th>
          <th className="num">Positions won</th>
          <th className="num">Brier</th>
          <th className="num">Skill</th>
          <th className="num">ECE</th>
          <th className="num">Spread of P</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <GroupRow key={group.name} group={group} />
        ))}
      </tbody>
    </table>
  );
}

/** The same figures by action, regime, horizon and model. */
export function Groups({ groups }: { groups: readonly ScoreGroup[] }) {
  return (
    <section aria-label="Groups">
      {SCORE_DIMENSIONS.map((by) => {
        const members = groups.filter((group) => group.by === by);
        return members.length > 0 && <GroupTable key={by} by={by} groups={members} />;
      })}
    </section>
  );
}
