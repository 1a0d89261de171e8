import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  DecisionId,
  LeakageEstimate,
  LeakageEvent,
  LeakageRequest,
  LeakageResult,
  ReplayEstimate,
  ReplayId,
  ReplayRequest,
  ReplayState,
  Reproduction,
} from '../domain/index.ts';
import { procedure } from './base.ts';

export const replay = {
  /** Windows and time that a replay would take; decides nothing. */
  estimate: procedure.input(ReplayRequest).output(ReplayEstimate),
  /** Starts a replay, or goes on with one, and tells its newest state to the end. It goes on when the reader leaves; one at a time. */
  start: procedure.input(ReplayRequest).output(eventIterator(ReplayState)),
  /** The newest state of one whenever it changes, to its end. */
  follow: procedure.input(z.object({ id: ReplayId })).output(eventIterator(ReplayState)),
  /** Newest first. */
  list: procedure.route({ method: 'GET' }).output(z.array(ReplayState)),
  cancel: procedure.input(z.object({ id: ReplayId })).output(z.object({ cancelled: z.boolean() })),
  /** Removes a replay with its decisions, outcomes and setups. */
  remove: procedure
    .input(z.object({ id: ReplayId, force: z.boolean().optional() }))
    .output(z.object({ decisions: z.int() })),
  /** Makes a stored decision again and names the first thing that differs: with the stored answers of a language model, or asking it again. */
  decision: procedure.input(z.object({ id: DecisionId, regenerate: z.boolean().default(false) })).output(Reproduction),
  /** Windows and time that a leakage test would take; loads no language model. */
  leakageEstimate: procedure.input(LeakageRequest).output(LeakageEstimate),
  /** Decides the same windows as they are, hidden, rescaled and slightly changed; ended when the reader leaves, and the same test goes on where it was. */
  leakage: procedure.input(LeakageRequest).output(eventIterator(LeakageEvent)),
  /** Tests done, newest first: a judge without one is untested. */
  leakageTests: procedure.route({ method: 'GET' }).output(z.array(LeakageResult)),
};
