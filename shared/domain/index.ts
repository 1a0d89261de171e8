export * from './analysis.ts';
export * from './decision.ts';
export * from './ids.ts';
export * from './model.ts';
export * from './reading.ts';
export * from './series.ts';
export * from './settings.ts';
export * from './system.ts';
