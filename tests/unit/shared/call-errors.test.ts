import { ORPCError } from '@orpc/contract';
import { expect, test } from 'vitest';
import { callError, callErrorData } from '../../../shared/contract/errors.ts';
import { BrainnetError } from '../../../shared/errors.ts';

const never = () => expect.unreachable('a named error is not unexpected');

test('a named error keeps its code, sentence and details, through however many doors', () => {
  const error = new BrainnetError('PORT_IN_USE', { port: 8000 });
  const once = callError(error, never);
  expect(once).toMatchObject({ defined: true, code: 'PORT_IN_USE', message: error.message, data: { port: 8000 } });
  expect(callError(once, never)).toBe(once);
  expect(callErrorData(once)).toEqual(error.toData());
});

test('a refused input names the field and what is wrong with it', () => {
  const issues = [{ path: ['symbols', { key: 0 }, 'symbol'], message: 'a symbol has letters.' }];
  const { code, status, message } = callError(new ORPCError('BAD_REQUEST', { data: { issues } }), never);
  expect([code, status]).toEqual(['INVALID_INPUT', 400]);
  expect(message).toBe('The input is not valid: symbols.0.symbol: a symbol has letters.');
});

test('anything else is told of once, and leaves without its text', () => {
  const told: unknown[] = [];
  const secret = Object.assign(new Error('password 1234'), { code: 'CANCELLED' });
  const twice = callError(
    callError(secret, (error) => told.push(error)),
    (error) => told.push(error),
  );
  expect(told).toEqual([secret]);
  expect(twice.code).toBe('INTERNAL');
  expect(JSON.stringify(twice)).not.toContain('1234');
  expect(callErrorData(new ORPCError('INTERNAL_SERVER_ERROR', { message: 'password 1234' })).sentence).not.toContain(
    '1234',
  );
});
