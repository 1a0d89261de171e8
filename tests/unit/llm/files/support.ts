import { createModelFiles, type ModelFiles, type ModelFilesDeps } from '../../../../electron/engine/llm/files/index.ts';
import { createLog, systemClock } from '../../../../electron/engine/platform/index.ts';
import type { ModelJob } from '../../../../shared/domain/index.ts';
import { modelContent, specOf } from '../../../support/model-server.ts';

export const BYTES = 600_000;
export const CONTENT = modelContent(BYTES);
export const SPEC = specOf(CONTENT);
/** Long enough to be killed in the middle of it. */
export const LONG = modelContent(3_000_000);
export const LONG_SPEC = specOf(LONG);

/** The files of a small model in place of Phi, on a folder, with little patience. */
export function smallFiles(dataDir: string, mirror: string, more: Partial<ModelFilesDeps> = {}): ModelFiles {
  return createModelFiles({
    dataDir,
    resourceDirs: [],
    env: { BRAINNET_MODEL_MIRROR: mirror },
    clock: systemClock,
    log: createLog({ BRAINNET_LOG: 'silent' }),
    spec: SPEC,
    patience: { stallMs: 400, tries: 3, pauseMs: 1 },
    ...more,
  });
}

/** Every state of the work until it ends. */
export async function toEnd(files: ModelFiles): Promise<ModelJob[]> {
  const states: ModelJob[] = [];
  for await (const state of files.follow()) states.push(state);
  return states;
}

/** Downloads, and how that ended. */
export async function bring(files: ModelFiles): Promise<ModelJob> {
  files.download();
  return (await toEnd(files)).at(-1)!;
}
