import type { CallContext } from '../../shared/contract/call-context.ts';
import { BrainnetError } from '../../shared/errors.ts';

/** A path of this machine's disk is taken from this machine only. @throws INVALID_INPUT */
export function requireHere({ isRemote }: CallContext): void {
  const problem = 'a file can be named only on the machine where the engine runs';
  if (isRemote) throw new BrainnetError('INVALID_INPUT', { problem });
}
