import { BrainnetError } from '../../../../shared/errors.ts';
import { EARLIEST } from './checks.ts';

const DAY = 86_400_000;

/** Refuses a range that runs backwards or is none, and cuts it to what a calendar of markets can hold. @throws INVALID_INPUT */
export function checkedRange(from: number, to: number, now: number): { from: number; to: number } {
  const cut = { from: Math.max(from, EARLIEST), to: Math.min(to, now + DAY) };
  if (cut.from < cut.to) return cut;
  throw new BrainnetError('INVALID_INPUT', {
    problem: 'the first day of the bars lies after the last, or ahead of now',
  });
}
