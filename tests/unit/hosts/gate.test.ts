import type { IncomingMessage } from 'node:http';
import os from 'node:os';
import { describe, expect, test } from 'vitest';
import { createGate, isLoopback } from '../../../electron/hosts/server/auth.ts';
import { createBucket } from '../../../electron/hosts/server/limits.ts';

const status = (gate: ReturnType<typeof createGate>, headers: Record<string, string>) =>
  gate.refuse({ headers: { authorization: 'Bearer t', ...headers } } as unknown as IncomingMessage, 'page')?.status ??
  200;

describe('the gate', () => {
  test('bound to one address it answers to that address and to loopback names', () => {
    const gate = createGate('t', '192.0.2.7', 8000);
    for (const host of ['192.0.2.7:8000', 'localhost:8000', '127.0.0.1:8000', '[::1]:8000', 'LOCALHOST:8000']) {
      expect([host, status(gate, { host })]).toEqual([host, 200]);
    }
    expect(status(gate, { host: '192.0.2.8:8000' })).toBe(421);
  });

  test('bound to every address it answers to the machine’s own, and still to no other name', () => {
    const gate = createGate('t', '0.0.0.0', 8000);
    const own = Object.values(os.networkInterfaces()).flatMap((each) => each ?? []);
    for (const { address, family } of own) {
      const host = family === 'IPv6' ? `[${address}]:8000` : `${address}:8000`;
      expect([host, status(gate, { host })]).toEqual([host, 200]);
    }
    expect(status(gate, { host: '0.0.0.0:8000' })).toBe(200);
    expect(status(gate, { host: 'evil.example:8000' })).toBe(421);
  });

  test('on port 80 the port may be left out, on others not', () => {
    expect(status(createGate('t', '127.0.0.1', 80), { host: '127.0.0.1' })).toBe(200);
    expect(status(createGate('t', '127.0.0.1', 8000), { host: '127.0.0.1' })).toBe(421);
  });

  test('a ticket opens once, and no longer than two minutes', () => {
    let now = 1_000_000;
    const gate = createGate('t', '127.0.0.1', 8000, () => now);
    const [used, late] = [gate.newTicket(), gate.newTicket()];
    now += 119_999;
    expect([gate.opens(used), gate.opens(used)]).toEqual([true, false]);
    now += 1;
    expect(gate.opens(late)).toBe(false);
    expect([gate.opens('t'), gate.opens('')]).toEqual([true, false]);
  });

  test('loopback is 127.0.0.0/8, ::1 and localhost', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true, true]);
    expect(['0.0.0.0', '::', '192.0.2.1', '127.0.0.1.evil.example'].map(isLoopback)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

test('a bucket gives its burst at once, refills over time, and its debt is bounded', () => {
  let now = 0;
  const bucket = createBucket(() => now, { perSecond: 10, burst: 3, patience: 2 });
  expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([2, 1, 0]);
  expect(bucket.take()).toBe(-1);
  for (let at = 0; at < 100; at += 1) bucket.take();
  expect(bucket.take()).toBe(-3);
  now += 500;
  expect(bucket.take()).toBe(1);
  now += 60_000;
  expect(bucket.take()).toBe(2);
});
