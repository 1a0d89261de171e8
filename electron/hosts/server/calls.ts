import { BrainnetError } from '../../../shared/errors.ts';
import { isStream } from '../rpc-errors.ts';
import { LIMITS } from './limits.ts';

/**
 * An interceptor for one socket, or for all of HTTP: refuses calls while `overRate` says so and beyond the number that may run at once;
 * a stream counts until it ends. Both are RATE_LIMITED.
 */
export function countCalls(overRate: () => boolean, most: number = LIMITS.callsAtOnce) {
  let running = 0;
  return async <T>(call: { next(): Promise<T> }): Promise<T> => {
    if (overRate() || running >= most) throw new BrainnetError('RATE_LIMITED');
    running += 1;
    const leave = once(() => {
      running -= 1;
    });
    try {
      const result = await call.next();
      if (isStream(result)) return counted(result, leave) as T;
      leave();
      return result;
    } catch (error) {
      leave();
      throw error;
    }
  };
}

function counted(stream: AsyncIterator<unknown, unknown, void>, leave: () => void) {
  return {
    async next() {
      try {
        const step = await stream.next();
        if (step.done) leave();
        return step;
      } catch (error) {
        leave();
        throw error;
      }
    },
    async return(value?: unknown) {
      leave();
      return (await stream.return?.(value)) ?? { done: true as const, value };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}
