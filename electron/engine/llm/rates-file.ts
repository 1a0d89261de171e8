import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../platform/index.ts';
import type { LlmRates } from './types.ts';

const Rate = z.number().positive().nullable();
const Kept = z.record(
  z.string(),
  z.object({ promptTokensPerSecond: Rate, generatedTokensPerSecond: Rate, workMs: Rate }),
);
/** Models whose rates are kept; the one measured longest ago goes first. */
const MOST = 20;

export interface RatesFile {
  /** Of the one of these that was measured last; null where none was on this machine. */
  read(...models: string[]): LlmRates | null;
  /** @throws where the disk does not take it */
  write(model: string, rates: LlmRates): void;
}

/** What was measured of each model, as JSON in `folder`, so that a new session begins with the rates of the last.
 * A name with an address is of an earlier version, may hold a key, and is dropped. */
export function ratesFile(folder: string): RatesFile {
  const file = path.join(folder, 'language-model-rates.json');
  const all = () => {
    try {
      const kept = Object.entries(Kept.parse(JSON.parse(readFileSync(file, 'utf8'))));
      return Object.fromEntries(kept.filter(([model]) => !model.includes('://')));
    } catch {
      return {};
    }
  };
  return {
    read: (...models) => Object.entries(all()).findLast(([model]) => models.includes(model))?.[1] ?? null,
    write(model, rates) {
      const { [model]: _, ...others } = all();
      const kept = [...Object.entries(others), [model, rates] as const].slice(-MOST);
      writeFileAtomic(file, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
    },
  };
}
