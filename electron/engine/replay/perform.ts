import type { ReplayState } from '../../../shared/domain/index.ts';
import { BrainnetError, type ErrorData, toErrorData } from '../../../shared/errors.ts';
import type { Logger } from '../platform/index.ts';
import type { WalkDeps } from './keep.ts';
import type { Prepared } from './prepare.ts';
import { ended, progressed } from './replay-state.ts';
import type { StoredReplay } from './replay-store.ts';
import { walk } from './walk.ts';

/** Walks a plan to its end, its failure or its cancellation, and stores which of these it was. */
export async function perform(
  deps: WalkDeps & { log: Logger },
  { plan, network, stored: before }: Prepared,
  parallel: number,
  signal: AbortSignal,
  tell: (state: ReplayState) => void,
): Promise<void> {
  const began = { at: deps.clock.now(), done: before.state.done };
  let stored: StoredReplay = { ...before, state: { ...before.state, status: 'running', endedAt: null, error: null } };
  const onStored = (next: StoredReplay) => {
    stored = next;
    tell(progressed(next.state, began, deps.clock.now()));
  };
  const end = (status: ReplayState['status'], error: ErrorData | null) => {
    const rated = progressed(stored.state, began, deps.clock.now());
    stored = { ...stored, state: ended(rated, status, error, deps.clock.now()) };
    try {
      deps.store.save(stored);
    } catch (failure) {
      deps.log.error({ err: failure }, 'the end of a replay was not stored');
    }
    tell(stored.state);
  };
  try {
    deps.store.save(stored);
    tell(stored.state);
    await walk(deps, { plan, network, parallel, signal, stored, onStored });
    end('done', null);
  } catch (error) {
    const data = toErrorData(signal.aborted ? new BrainnetError('CANCELLED') : error);
    if (data.code === 'INTERNAL') deps.log.error({ err: error }, 'a replay failed');
    if (data.code === 'CANCELLED') end('cancelled', null);
    else end('failed', data);
  }
}
