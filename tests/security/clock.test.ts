import { expect, test, vi } from 'vitest';
import { createGate } from '../../electron/hosts/server/auth.ts';
import { createBucket } from '../../electron/hosts/server/limits.ts';

const MINUTE = 60_000;

test('a clock of the machine that is set leaves a ticket as it is', () => {
  const clock = vi.spyOn(Date, 'now').mockReturnValue(0);
  const gate = createGate('t', '127.0.0.1', 8000);
  const ticket = gate.newTicket();
  clock.mockReturnValue(60 * MINUTE);
  expect([gate.opens(ticket), gate.opens(ticket)]).toEqual([true, false]);
  clock.mockRestore();
});

test('a clock of the machine that is set back takes nobody’s allowance away', () => {
  const clock = vi.spyOn(Date, 'now').mockReturnValue(10 * MINUTE);
  const bucket = createBucket();
  for (let at = 0; at < 100; at += 1) bucket.take();
  clock.mockReturnValue(0);
  expect(bucket.take()).toBeGreaterThan(0);
  clock.mockRestore();
});
