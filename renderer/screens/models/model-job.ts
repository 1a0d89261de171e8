import { useEffect } from 'react';
import type { ModelFiles, ModelJob } from '../../../shared/domain/index.ts';
import { attempt } from '../../app/commands.ts';
import { api, createStore, engine, queries, useQuery, useStore } from '../../engine/index.ts';

const KIND = 'model-files';

/** The download or verification under way or the last one, as far as this page has heard; it goes on whatever the page shows. */
const modelJob = createStore<ModelJob | null>(null);
let following = false;

/** Listens to the work under way until it ends; what breaks the line is caught up with at the next look. */
async function follow(): Promise<void> {
  if (following) return;
  following = true;
  try {
    for await (const job of await api().models.files.follow()) modelJob.set(job);
  } catch {
    // the page says by itself that it has lost the engine
  } finally {
    following = false;
    queries.invalidate([KIND]);
  }
}

/** The files of the language model, asked for again whenever the page has connected. */
export function useModelFiles() {
  const phase = useStore(engine, (state) => state.phase);
  const query = useQuery<ModelFiles>(KIND, (signal) => api().models.files.list(undefined, { signal }));
  const listed = query.data?.job;
  useEffect(() => {
    if (listed !== undefined) modelJob.set(listed);
    if (phase === 'live' && listed?.status === 'running') void follow();
  }, [phase, listed]);
  return { ...query, job: useStore(modelJob, (state) => state) };
}

/** Work that answers at once and goes on. */
export async function startDownload(): Promise<void> {
  const job = await attempt(() => api().models.files.download());
  if (!job) return;
  modelJob.set(job);
  void follow();
}

/** Work that answers when it is done, watched meanwhile. */
async function watched(work: () => Promise<ModelFiles>): Promise<boolean> {
  const files = attempt(work);
  setTimeout(() => void follow(), 50);
  const answer = await files;
  if (answer) queries.put(KIND, answer);
  else queries.invalidate([KIND]);
  return answer !== null;
}

export const verifyModel = () => void watched(() => api().models.files.verify());
export const chooseModel = (path: string | null) => watched(() => api().models.files.use({ path }));
export const removeModel = () => void watched(() => api().models.files.remove());

async function stopped(work: () => Promise<unknown>): Promise<void> {
  await attempt(work);
  queries.invalidate([KIND]);
}
export const pauseDownload = () => void stopped(() => api().models.files.pause());
export const cancelJob = () => void stopped(() => api().models.files.cancel());
