export { createOutcomeStore, type OutcomeFilter, type OutcomeStore, type PendingFilter } from './outcome-store.ts';
export { outlookOf } from './outlook.ts';
export { bothSides, entryPrice, resultOf, type Trip, tripBegins, tripOf } from './returns.ts';
export { type Settleable, type Settlement, settle } from './settle.ts';
