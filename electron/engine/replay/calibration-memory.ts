import { type Calibration, type Figures, REFIT_EVERY } from '../decision/index.ts';

/** A trip that calibration counts; times in UTC ms. */
export interface CountedTrip {
  symbol: string;
  interval: string;
  entry: number;
  exit: number;
}

/** Figures that are asked for again only when there are new ones: P(correct)'s fit changes with every twentieth outcome that counts. */
export interface CalibrationMemory extends Pick<Figures, 'calibration'> {
  /** An out-of-sample outcome is stored; to be told in the order in which they became known. */
  learn(trip: CountedTrip): void;
}

/** For a walk through time of one replay, whose filters differ in nothing but the interval. */
export function createCalibrationMemory(figures: Pick<Figures, 'calibration'>): CalibrationMemory {
  const freeFrom = new Map<string, number>();
  const counted = new Map<string, number>();
  const asked = new Map<string, Promise<Calibration>>();
  return {
    learn({ symbol, interval, entry, exit }) {
      const key = `${symbol} ${interval}`;
      if (entry < (freeFrom.get(key) ?? -Infinity)) return;
      freeFrom.set(key, exit);
      const n = (counted.get(interval) ?? 0) + 1;
      counted.set(interval, n);
      if (n % REFIT_EVERY === 0) asked.delete(interval);
    },
    calibration(filter, asOf) {
      const interval = filter.interval ?? '';
      const known = asked.get(interval);
      if (known) return known;
      const answer = figures.calibration(filter, asOf);
      asked.set(interval, answer);
      answer.catch(() => asked.delete(interval));
      return answer;
    },
  };
}
