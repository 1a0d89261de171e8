import { readFileSync, statSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../platform/index.ts';
import type { Tuning } from './messages.ts';

const Kept = z.object({
  file: z.string(),
  bytes: z.number(),
  machine: z.string(),
  gpu: z.string(),
  tuning: z.object({
    threads: z.int().min(1).max(1024),
    batch: z.int().min(1).max(8192),
    lanes: z.int().min(1).max(16),
    togetherGain: z.number().nullable(),
    promptTokensPerSecond: z.number().positive(),
    generatedTokensPerSecond: z.number().positive(),
  }),
});

/** What a measurement holds for: another machine is measured anew. */
export const machineName = (): string => `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} threads`;

export interface TuningFile {
  /** Null where this file was not measured on this machine. */
  read(): Tuning | null;
  write(tuning: Tuning): void;
}

/** What was measured for a model file, as JSON in `folder`; another machine or another file is measured anew. */
export function tuningFile(folder: string, modelFile: string, gpu: 'auto' | false): TuningFile {
  const name = path.basename(modelFile);
  const kept = path.join(folder, `${name}.tuning.json`);
  const key = () => ({
    file: name,
    bytes: statSync(modelFile).size,
    machine: machineName(),
    gpu: gpu === false ? 'none' : gpu,
  });
  return {
    read() {
      try {
        const found = Kept.parse(JSON.parse(readFileSync(kept, 'utf8')));
        const wanted = key();
        const same = (Object.keys(wanted) as (keyof typeof wanted)[]).every((part) => found[part] === wanted[part]);
        return same ? found.tuning : null;
      } catch {
        return null;
      }
    },
    write: (tuning) => writeFileAtomic(kept, `${JSON.stringify({ ...key(), tuning }, null, 2)}\n`),
  };
}
