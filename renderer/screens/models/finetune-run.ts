import { useEffect } from 'react';
import type { FinetuneRequest, FinetuneState } from '../../../shared/domain/index.ts';
import { attempt } from '../../app/commands.ts';
import { api, createStore, engine, useStore } from '../../engine/index.ts';

/** The run under way or the last one, as far as this page has heard; it goes on whatever the page shows. */
export const finetuneRun = createStore<FinetuneState | null>(null);

let following = false;

/** Listens to the run under way until it ends; what breaks the line is caught up with at the next look. */
async function follow(): Promise<void> {
  if (following) return;
  following = true;
  try {
    for await (const state of await api().models.finetune.follow()) finetuneRun.set(state);
  } catch {
    // the page says by itself that it has lost the engine
  } finally {
    following = false;
  }
}

async function look(): Promise<void> {
  const state = await api()
    .models.finetune.state()
    .catch(() => null);
  if (state) finetuneRun.set(state);
  if (state?.status === 'running') void follow();
}

/** The run, asked for again whenever the page has connected. */
export function useFinetuneRun(): FinetuneState | null {
  const phase = useStore(engine, (state) => state.phase);
  useEffect(() => {
    if (phase === 'live') void look();
  }, [phase]);
  return useStore(finetuneRun, (state) => state);
}

export async function startFinetune(request: Partial<FinetuneRequest>): Promise<void> {
  const state = await attempt(() => api().models.finetune.start(request));
  if (!state) return;
  finetuneRun.set(state);
  void follow();
}

export const cancelFinetune = () => void attempt(() => api().models.finetune.cancel());
