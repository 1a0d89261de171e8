import path from 'node:path';
import {
  createSetupMemory,
  MEMORY_MIGRATIONS,
  type Picture,
  type SetupInput,
  type SetupMemory,
} from '../../../electron/engine/memory/index.ts';
import { type Database, openDatabase } from '../../../electron/engine/platform/index.ts';
import { readProjection } from '../../../electron/engine/vision/index.ts';
import type { Reading } from '../../../shared/domain/index.ts';
import { seeded, temporaryFolder } from '../../support/engine.ts';

export const projection = readProjection();

/** A journal of its own with the memory's tables alone. */
export const openJournal = (dir = temporaryFolder('memory')): Database =>
  openDatabase({ file: path.join(dir, 'journal.db'), migrations: MEMORY_MIGRATIONS, synchronous: 'FULL' });

export const openSetups = (database = openJournal()): SetupMemory => createSetupMemory(database, () => projection);

export const reading: Reading = {
  regime: { trending: 0.7, mean_reverting: 0.1, volatile: 0.1, quiet: 0.1 },
  direction: { bullish: 0.4, bearish: 0.3, neutral: 0.3 },
  volatility: { calm: 0.25, normal: 0.25, elevated: 0.25, explosive: 0.25 },
};

/** A feature as memories are searched by it. */
export const pictureOf = (embedding: Float32Array): Picture => ({
  near: projection.project(embedding),
  network: projection.network,
});

/** 768 values uniform in [-1, 1), the same for a seed. */
export function vector(seed: number): Float32Array {
  const random = seeded(seed);
  return Float32Array.from({ length: 768 }, () => 2 * random() - 1);
}

export const DAY = 86_400_000;

/** A setup of AAPL, daily, known on day 100. */
export function setup(part: Partial<SetupInput> = {}): SetupInput {
  return {
    ...{ decisionId: 'd-1', symbol: 'AAPL', source: 'samples', interval: '1d', regime: 'trending', side: 'long' },
    ...{ horizonBars: 16, costFraction: 0.001, knownAt: 100 * DAY, from: 36 * DAY, embedding: vector(1), reading },
    ...{ origin: 'live', replayId: null },
    ...part,
  };
}

/** As SQLite keeps a vector. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
