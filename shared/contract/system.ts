import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Check, Snapshot } from '../domain/index.ts';
import { EngineEvent } from '../events.ts';
import { procedure } from './base.ts';

export const system = {
  snapshot: procedure.route({ method: 'GET' }).output(Snapshot),
  /** Events with a larger `seq` than `after`, then live ones; `reset` where they are no longer kept. */
  events: procedure.input(z.object({ after: z.int().min(0) })).output(eventIterator(EngineEvent)),
  doctor: procedure.route({ method: 'GET' }).output(z.array(Check)),
};
