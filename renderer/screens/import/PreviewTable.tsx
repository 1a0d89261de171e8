import type { CsvPreview } from '../../../shared/contract/index.ts';
import type { Interval } from '../../../shared/domain/index.ts';
import { barTime, price, whole } from '../../format/index.ts';
import { isIntraday } from '../../workspace/index.ts';
import classes from './import.module.css';

const COLUMNS = ['open', 'high', 'low', 'close'] as const;

/** The first bars as they would be read; times in UTC. */
export function PreviewTable({ bars, interval }: { bars: CsvPreview['bars']; interval: Interval }) {
  const intraday = isIntraday(interval);
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label="The first bars" data-testid="import-bars">
        <thead>
          <tr>
            <th>{intraday ? 'Time (UTC)' : 'Date'}</th>
            {COLUMNS.map((name) => (
              <th key={name} className="num">
                {name[0]?.toUpperCase()}
                {name.slice(1)}
              </th>
            ))}
            <th className="num">Volume</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={`${bar.time}|${bar.close}|${bar.open}`}>
              <td>{barTime(bar.time, intraday)}</td>
              {COLUMNS.map((name) => (
                <td key={name} className="num">
                  {bar[name] === null ? '' : price(bar[name])}
                </td>
              ))}
              <td className="num">{bar.volume === null ? '' : whole(bar.volume)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
