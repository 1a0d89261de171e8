import { AsOf } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { DAY } from './sessions.ts';
import { startOfDay } from './zones.ts';

/**
 * The instant (UTC ms) an as-of means: a bare date is the end of that day in `timezone` (DEFINITIONS 1), anything else itself.
 * @throws BAD_DATE
 */
export function asOfInstant(asOf: AsOf, timezone: string): number {
  const parsed = AsOf.safeParse(asOf);
  if (!parsed.success) throw new BrainnetError('BAD_DATE', { value: String(asOf).slice(0, 40) });
  const bareDate = parsed.data.length === 10;
  return bareDate ? startOfDay(Date.parse(parsed.data) + DAY, timezone) : Date.parse(parsed.data);
}
