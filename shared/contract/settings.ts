import { z } from 'zod';
import { SettingView } from '../domain/index.ts';
import { procedure } from './base.ts';

export const settings = {
  get: procedure.route({ method: 'GET' }).output(z.array(SettingView)),
  /** Writes to the settings file; a flag or a variable of the environment still stands above it. */
  set: procedure
    .input(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) }))
    .output(z.array(SettingView)),
};
