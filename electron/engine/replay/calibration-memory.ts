import { type Calibration, type Figures, REFIT_EVERY } from '../decision/index.ts';
import { type HeldTrip, thinning } from '../platform/index.ts';

/** A trip that calibration counts. */
export interface CountedTrip extends HeldTrip {
  interval: string;
  /** SHA-256 of the fine-tuned head that read the regime; '' = the shipped one. */
  regimeHead: string;
}

/** Figures that are asked for again only when there are new ones: P(correct)'s fit changes with every twentieth outcome that counts. */
export interface CalibrationMemory extends Pick<Figures, 'calibration'> {
  /** An out-of-sample outcome is stored; to be told in the order in which they became known. */
  learn(trip: CountedTrip): void;
}

/** For a walk through time of one replay, whose filters differ in nothing but the interval and the head that read the regime. */
export function createCalibrationMemory(figures: Pick<Figures, 'calibration'>): CalibrationMemory {
  const kinds = new Map<string, { counts: (trip: HeldTrip) => boolean; n: number }>();
  const asked = new Map<string, Promise<Calibration>>();
  return {
    learn({ interval, regimeHead, ...trip }) {
      const name = `${interval} ${regimeHead}`;
      const kind = kinds.get(name) ?? { counts: thinning(), n: 0 };
      kinds.set(name, kind);
      if (kind.counts(trip) && ++kind.n % REFIT_EVERY === 0) asked.delete(name);
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
