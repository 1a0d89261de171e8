import { InvalidArgumentError } from 'commander';
import { BrainnetError } from '../../../shared/errors.ts';

/** A commander parser for whole numbers; anything else is wrong usage. */
export function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || text.trim() === '' || value < minimum || value > maximum) {
      throw new InvalidArgumentError(`It may be a whole number from ${minimum} to ${maximum}.`);
    }
    return value;
  };
}

const DIMENSIONS = ['action', 'regime', 'horizon', 'model', 'sample'];

/** A commander parser for `--by`: names with commas between them. */
export function dimensions(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.some((name) => !DIMENSIONS.includes(name)))
    throw new InvalidArgumentError(`It may be one or more of ${DIMENSIONS.join(', ')}, with commas between them.`);
  return names;
}

/** A commander parser for a window's length: what is no whole number is wrong usage; `checkWindow` says which numbers may be. */
export function windowBars(text: string): number {
  if (!/^-?\d+$/.test(text.trim())) throw new InvalidArgumentError('It may be a whole number from 32 to 256.');
  return Number(text);
}

/** @throws BAD_WINDOW_SIZE outside 32 to 256 bars (DEFINITIONS, head). */
export function checkWindow(bars: number | undefined): void {
  if (bars !== undefined && (bars < 32 || bars > 256)) throw new BrainnetError('BAD_WINDOW_SIZE', { bars });
}

/** @throws BAD_DATE for what is neither a date nor an instant. */
export async function checkAsOf(value: string | undefined): Promise<void> {
  if (value === undefined) return;
  const { AsOf } = await import('../../../shared/domain/series.ts');
  if (!AsOf.safeParse(value).success) throw new BrainnetError('BAD_DATE', { value: value.slice(0, 60) });
}
