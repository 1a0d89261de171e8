import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WalkDeps } from './keep.ts';

/** Decisions removed in one transaction. */
const REMOVED_TOGETHER = 100;

/** Removes a replay with its decisions, outcomes and setups, and says how many decisions; one that was cut short can be taken up again. */
export async function removeReplay({ store, memory, together }: WalkDeps, id: string): Promise<number> {
  let removed = 0;
  for (;;) {
    const ids = store.decisionsOf(id, REMOVED_TOGETHER);
    if (ids.length === 0) break;
    together(() => {
      memory.forget(ids);
      store.removeDecisions(ids);
    });
    removed += ids.length;
    await nextTurn();
  }
  store.drop(id);
  return removed;
}
