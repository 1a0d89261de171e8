export { type CalibrationStore, createCalibrationStore } from './calibration-store.ts';
export { type Calibration, fitCalibration, REFIT_EVERY } from './fit.ts';
export { CALIBRATED_FROM, type Forecast, predictCorrect } from './predict.ts';
export type { SettledRecord } from './records.ts';
