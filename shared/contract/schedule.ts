import { ScheduleSettings, ScheduleState } from '../domain/index.ts';
import { procedure } from './base.ts';

export const schedule = {
  /** The saved schedule with its next and its last run; off until the user switches it on. */
  get: procedure.route({ method: 'GET' }).output(ScheduleState),
  set: procedure.input(ScheduleSettings).output(ScheduleState),
};
