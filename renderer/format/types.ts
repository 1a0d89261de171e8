export type { Regime } from '../../shared/domain/index.ts';

import type { z } from 'zod';
import type { SampleStatus as SampleSchema } from '../../shared/domain/index.ts';

export type { Action, Source } from '../../shared/domain/index.ts';
export type SampleStatus = z.infer<typeof SampleSchema>;
