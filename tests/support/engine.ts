import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createEngine, type Engine, type EngineOptions } from '../../electron/engine/index.ts';
import type { AnalyzeRequest, Decision, RunEvent } from '../../shared/domain/index.ts';

export const temporaryFolder = (name = 'test'): string => mkdtempSync(path.join(os.tmpdir(), `brainnet-${name}-`));

/** A real engine on a folder of its own, deaf to the variables of this machine. */
export function testEngine(options: Partial<EngineOptions> = {}): Promise<Engine> {
  return createEngine({ dataDir: temporaryFolder(), env: { BRAINNET_LOG: 'silent' }, ...options });
}

/** Every event of a run, to its end. */
export async function runToEnd(engine: Engine, request: AnalyzeRequest): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of await engine.client.analysis.run(request)) events.push(event);
  return events;
}

export async function decide(engine: Engine, request: AnalyzeRequest): Promise<Decision[]> {
  const events = await runToEnd(engine, request);
  const failure = events.find((event) => event.type === 'failure');
  if (failure) throw new Error(failure.error.sentence);
  return events.flatMap((event) => (event.type === 'decision' ? [event.decision] : []));
}

/** Text of a bundled sample file. */
export const sampleCsv = (name: string): string =>
  readFileSync(path.join('resources', 'samples', 'ohlcv', `${name}.csv`), 'utf8');

/** Mulberry32: a small seeded generator of uniform numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
