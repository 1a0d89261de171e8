import { randomUUID } from 'node:crypto';

/** A new identifier, `d-` for decisions and `r-` for runs. */
export const newDecisionId = (): string => `d-${randomUUID()}`;
export const newRunId = (): string => `r-${randomUUID()}`;
