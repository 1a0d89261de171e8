import { type Calibration, type Figures, REFIT_EVERY } from '../decision/index.ts';

/** A trip that calibration counts; times in UTC ms. */
export interface CountedTrip {
  symbol: string;
  interval: string;
  /** SHA-256 of the fine-tuned head that read the regime; '' = the shipped one. */
  regimeHead: string;
  entry: number;
  exit: number;
}

/** Figures that are asked for again only when there are new ones: P(correct)'s fit changes with every twentieth outcome that counts. */
export interface CalibrationMemory extends Pick<Figures, 'calibration'> {
  /** An out-of-sample outcome is stored; to be told in the order in which they became known. */
  learn(trip: CountedTrip): void;
}

/** For a walk through time of one replay, whose filters differ in nothing but the interval and the head that read the regime. */
export function createCalibrationMemory(figures: Pick<Figures, 'calibration'>): CalibrationMemory {
  const freeFrom = new Map<string, number>();
  const counted = new Map<string, number>();
  const asked = new Map<string, Promise<Calibration>>();
  return {
    learn({ symbol, interval, regimeHead, entry, exit }) {
      const key = `${symbol} ${interval}`;
      if (entry < (freeFrom.get(key) ?? -Infinity)) return;
      freeFrom.set(key, exit);
      const kind = `${interval} ${regimeHead}`;
      const n = (counted.get(kind) ?? 0) + 1;
      counted.set(kind, n);
      if (n % REFIT_EVERY === 0) asked.delete(kind);
    },
    calibration(filter, asOf) {
      const kind = `${filter.interval ?? ''} ${filter.regimeHead ?? ''}`;
      const known = asked.get(kind);
      if (known) return known;
      const answer = figures.calibration(filter, asOf);
      asked.set(kind, answer);
      answer.catch(() => asked.delete(kind));
      return answer;
    },
  };
}
