import { canonicalJson, type Database } from '../../platform/index.ts';
import type { Calibration } from './fit.ts';

export interface CalibrationStore {
  /** Keeps a version; one that is there already stays. */
  keep(calibration: Calibration): void;
  get(version: string): Calibration | null;
}

/** Every version that a decision was read from, so that it can be read from it again. */
export function createCalibrationStore(database: Database): CalibrationStore {
  const insert = database.prepare('INSERT OR IGNORE INTO calibrations (version, known_at, body) VALUES (?, ?, ?)');
  const one = database.prepare('SELECT body FROM calibrations WHERE version = ?').pluck();
  return {
    keep: (calibration) => void insert.run(calibration.version, calibration.knownAt, canonicalJson(calibration)),
    get(version) {
      const body = one.get(version) as string | undefined;
      return body === undefined ? null : JSON.parse(body);
    },
  };
}
