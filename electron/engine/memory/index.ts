export type { NearestQuery, Neighbour, SetupInput, SetupMemory, SetupOutcome } from './types.ts';
