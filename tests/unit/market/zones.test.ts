import fc from 'fast-check';
import { expect, it } from 'vitest';
import { zoneOffset } from '../../../electron/engine/market/zones.ts';

const ZONES = ['America/New_York', 'America/St_Johns', 'Europe/London', 'Asia/Tokyo', 'Africa/Monrovia', 'UTC'];

/** The clock of a zone read off the text that the runtime prints. */
function printedOffset(instant: number, timeZone: string): number {
  const whole = Math.floor(instant / 1000) * 1000;
  const text = new Date(whole).toLocaleString('sv-SE', { timeZone });
  return Date.parse(`${text.replace(' ', 'T')}Z`) - whole;
}

it('tells how far a zone is ahead at any instant, however often it is asked', () => {
  const instant = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, fc.constantFrom(...ZONES), (date, zone) => {
      const expected = printedOffset(date.getTime(), zone);
      expect([zoneOffset(date.getTime(), zone), zoneOffset(date.getTime(), zone)]).toEqual([expected, expected]);
    }),
    { numRuns: 500 },
  );
});

it('changes with the clocks to the very millisecond', () => {
  const spring = Date.parse('2021-03-14T07:00:00Z');
  expect(zoneOffset(spring - 1, 'America/New_York')).toBe(-5 * 3_600_000);
  expect(zoneOffset(spring, 'America/New_York')).toBe(-4 * 3_600_000);
  const newfoundland = Date.parse('2008-03-09T03:31:00Z');
  expect(zoneOffset(newfoundland - 1, 'America/St_Johns')).toBe(-3.5 * 3_600_000);
  expect(zoneOffset(newfoundland, 'America/St_Johns')).toBe(-2.5 * 3_600_000);
});
