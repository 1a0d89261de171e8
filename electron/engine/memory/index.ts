export { SETUP_MIGRATIONS } from './setups/schema.ts';
export { createSetupMemory } from './setups/setup-memory.ts';
export type { NearestQuery, Neighbour, SetupInput, SetupMemory, SetupOutcome } from './types.ts';
