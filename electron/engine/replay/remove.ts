import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WalkDeps } from './keep.ts';

/** Decisions removed in one transaction. */
const REMOVED_TOGETHER = 100;

/** Live decisions looked at in one go. */
const LOOKED_AT_TOGETHER = 200;

/** How many live decisions recalled setups of a replay, and could not be made again without it. */
export async function liveRestingOn({ store }: Pick<WalkDeps, 'store'>, id: string): Promise<number> {
  let count = 0;
  for (let after = 0; ; ) {
    const some = store.liveAfter(id, after, LOOKED_AT_TOGETHER);
    count += some.filter(({ rests }) => rests === 1).length;
    if (some.length < LOOKED_AT_TOGETHER) return count;
    after = some.at(-1)!.rowid;
    await nextTurn();
  }
}

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
