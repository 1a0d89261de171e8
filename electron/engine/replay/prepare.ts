import type { ReplayRequest } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import type { Clock } from '../platform/index.ts';
import type { HeadedConvnext } from '../vision/index.ts';
import { type Plan, type PlanDeps, planReplay, toldInstruments } from './plan.ts';
import { emptyState } from './replay-state.ts';
import type { ReplayStore, StoredReplay } from './replay-store.ts';

export interface PrepareDeps extends PlanDeps {
  convnext: () => Promise<HeadedConvnext>;
  store: Pick<ReplayStore, 'get'>;
  clock: Clock;
}

/** A plan, and how far it has come. */
export interface Prepared {
  plan: Plan;
  network: HeadedConvnext;
  stored: StoredReplay;
}

/** Plans a replay that begins, or finds the one that goes on. @throws as `start` */
export async function prepare(deps: PrepareDeps, request: ReplayRequest, signal: AbortSignal): Promise<Prepared> {
  const before = request.resume === undefined ? null : known(deps, request.resume);
  const network = await deps.convnext();
  const meant = before ? { ...before.state.request, resume: undefined } : request;
  const plan = await planReplay(deps, meant, network, signal, before?.settings);
  if (before && before.state.id !== plan.id)
    throw new BrainnetError('REPLAY_CHANGED', { id: before.state.id, what: 'bars, network or version' });
  const there = deps.store.get(plan.id);
  if (there?.state.status === 'removing') throw new BrainnetError('UNKNOWN_REPLAY', { id: plan.id });
  if (there) return { plan, network, stored: there };
  const state = emptyState(plan, meant, toldInstruments(plan), deps.clock.now());
  return { plan, network, stored: { state, settings: plan.settings, cursor: null } };
}

/** @throws UNKNOWN_REPLAY */
export function known({ store }: Pick<PrepareDeps, 'store'>, id: string): StoredReplay {
  const stored = store.get(id);
  if (!stored) throw new BrainnetError('UNKNOWN_REPLAY', { id });
  return stored;
}
