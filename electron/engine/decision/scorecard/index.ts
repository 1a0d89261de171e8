export { calibrationError } from './calibration-error.ts';
export { type Forecasted, forecastScore } from './forecast-score.ts';
export { wilson } from './rules.ts';
export { type ScorecardInput, type ScoredRecord, scorecard } from './scorecard.ts';
export { type ScoredStore, scorecardOf } from './scorecard-of.ts';
