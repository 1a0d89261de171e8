import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import BetterSqlite3 from 'better-sqlite3';
import { load as loadSqliteVec } from 'sqlite-vec';
import {
  createSetupMemory,
  SETUP_MIGRATIONS,
  type SetupInput,
  type SetupMemory,
} from '../../electron/engine/memory/index.ts';
import { createSetupIndex } from '../../electron/engine/memory/setups/setup-index.ts';
import { type Database, openDatabase } from '../../electron/engine/platform/index.ts';
import { readProjection } from '../../electron/engine/vision/index.ts';
import { machine, rounded } from './machine.ts';
import { LENGTH, realEmbeddings } from './memory-embeddings.ts';
import { startPeer } from './peer.ts';
import { seededRandom } from './random.ts';

const REAL = 2000;
const QUERIES = 200;
const SETUPS = 100_000;
const MANY = 1_000_000;
const K = 10;
const BATCH = 1000;
const CANDIDATES = 100;
const projection = readProjection();

/**
 * Ten nearest of 100,000 setups through the whole memory, SQLite included, beside an exact scan of the whole features by faiss and beside
 * sqlite-vec on the same projections; recall against the exact scan; inserts; and the scan of 1,000,000.
 */
export async function memory(): Promise<object> {
  const dir = mkdtempSync(path.join(tmpdir(), 'brainnet-bench-'));
  try {
    const real = await realEmbeddings(REAL);
    const queries = real.slice(0, QUERIES);
    const vectors = spread(real.slice(QUERIES), SETUPS);
    const database = openDatabase({
      file: path.join(dir, 'journal.db'),
      migrations: SETUP_MIGRATIONS,
      synchronous: 'FULL',
    });
    const writer = createSetupMemory(database, () => projection);
    const inserting = timed(() => fill(writer, vectors));
    const held = createSetupMemory(database, () => projection);
    const loading = await watched(() => ask(held, queries[0]!));
    const result = {
      what: `${K} nearest of ${SETUPS.toLocaleString('en-US')} setups by the network's 768-d feature`,
      insertsPerSecond: Math.round(SETUPS / (inserting / 1000)),
      firstQuery: { ms: rounded(loading.ms), longestBlockMs: rounded(loading.longestBlockMs) },
      ...(await compared(dir, database, held, vectors, queries)),
      million: await million(held, real),
      goal: { p95Ms: 20, recall: 0.99, millionMs: 200, longestBlockMs: 50, insertsPerSecond: 2000 },
      method: `${REAL} features by the shipped network (two thirds sample windows, one third simulated walks), ${QUERIES} of them only asked for; the stored ones are made of the others by interpolation to one of the ten nearest and noise; every side answers a query in turn`,
      machine: machine(),
    };
    database.close();
    return result;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** `count` vectors around `real` ones: a step of random length towards a near one, and noise of a twentieth of that distance. */
function spread(real: readonly Float32Array[], count: number): Float32Array {
  const random = seededRandom(11);
  const near = real.map((one) => nearestOf(one, real, K + 1).slice(1));
  const all = new Float32Array(count * LENGTH);
  for (let n = 0; n < count; n++) {
    const a = real[n % real.length]!;
    const b = real[near[n % real.length]![Math.floor(random() * K)]!]!;
    const [step, noise] = [
      n < real.length ? 0 : random(),
      (n < real.length ? 0 : 0.05) * (distance(a, b) / Math.sqrt(LENGTH)),
    ];
    for (let i = 0; i < LENGTH; i++)
      all[n * LENGTH + i] = a[i]! + step * (b[i]! - a[i]!) + noise * 3.46 * (random() - 0.5);
  }
  return all;
}

function nearestOf(query: Float32Array, vectors: readonly Float32Array[], count: number): number[] {
  const measured = vectors.map((vector, i) => ({ i, d: distance(vector, query) }));
  return measured
    .sort((a, b) => a.d - b.d)
    .slice(0, count)
    .map(({ i }) => i);
}

function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

const vectorAt = (all: Float32Array, n: number) => all.subarray(n * LENGTH, (n + 1) * LENGTH);

const third = 1 / 3;
const reading = {
  regime: { trending: 0.25, mean_reverting: 0.25, volatile: 0.25, quiet: 0.25 },
  direction: { bullish: third, bearish: third, neutral: third },
  volatility: { calm: 0.25, normal: 0.25, elevated: 0.25, explosive: 0.25 },
};

function setupOf(n: number, embedding: Float32Array): SetupInput {
  return {
    ...{
      decisionId: `d-${n}`,
      symbol: `S${n % 500}`,
      source: 'samples',
      interval: '1d',
      regime: 'quiet',
      side: 'long',
    },
    ...{ horizonBars: 16, costFraction: 0.001, knownAt: n * 60_000, from: n * 60_000 - 1, embedding, reading },
    ...{ origin: 'replay', replayId: 'bench' },
  };
}

function fill(held: SetupMemory, vectors: Float32Array): void {
  for (let from = 0; from < SETUPS; from += BATCH)
    held.addSetups(Array.from({ length: BATCH }, (_, i) => setupOf(from + i, vectorAt(vectors, from + i))));
}

const ask = (held: SetupMemory, embedding: Float32Array) =>
  held.nearest({ embedding, k: K, asOf: Number.MAX_SAFE_INTEGER, resolved: false, origin: 'both' });

async function compared(
  dir: string,
  database: Database,
  held: SetupMemory,
  vectors: Float32Array,
  queries: readonly Float32Array[],
): Promise<object> {
  const file = path.join(dir, 'vectors.f32');
  writeFileSync(file, new Uint8Array(vectors.buffer));
  const faiss = await startPeer('faiss_flat.py', file, String(LENGTH), '1');
  const vec = vecTable(dir, database);
  const times: Record<'ours' | 'cpu' | 'faiss' | 'sqliteVec', number[]> = {
    ours: [],
    cpu: [],
    faiss: [],
    sqliteVec: [],
  };
  let found = 0;
  for (const [round, query] of queries.entries()) {
    const cpu = process.threadCpuUsage();
    const ours = await timedLater(() => ask(held, query));
    const used = process.threadCpuUsage(cpu);
    times.cpu.push((used.user + used.system) / 1000);
    const exact = new Set(faiss ? await theirs(faiss, query, times.faiss) : exactly(vectors, query));
    found += ours.value.filter(({ decisionId }) => exact.has(Number(decisionId.slice(2)))).length;
    times.ours.push(ours.ms);
    if (round % 4 === 0) times.sqliteVec.push(timed(() => vec(projection.project(query))));
  }
  faiss?.close();
  return {
    recall: rounded(found / (K * queries.length), 4),
    ours: percentiles(times.ours),
    oursOfProcessor: percentiles(times.cpu),
    faissFlat: faiss
      ? percentiles(times.faiss)
      : 'not found: pip install faiss-cpu, and name its python in PEER_PYTHON',
    sqliteVec: {
      ...percentiles(times.sqliteVec),
      what: `vec0 of the 64-d projections, k = ${CANDIDATES}, without rescoring`,
    },
  };
}

async function theirs(peer: NonNullable<Awaited<ReturnType<typeof startPeer>>>, query: Float32Array, times: number[]) {
  const { ms, ids } = await peer.ask<{ ms: number; ids: number[] }>({ query: Array.from(query), k: K });
  times.push(ms);
  return ids;
}

function exactly(vectors: Float32Array, query: Float32Array): number[] {
  const all = Array.from({ length: SETUPS }, (_, n) => ({ n, d: distance(vectorAt(vectors, n), query) }));
  return all
    .sort((a, b) => a.d - b.d)
    .slice(0, K)
    .map(({ n }) => n);
}

/** The projections of the memory in a vec0 table of their own; asked for the candidates. */
function vecTable(dir: string, from: Database): (near: Float32Array) => unknown[] {
  const database = new BetterSqlite3(path.join(dir, 'vec.db'));
  loadSqliteVec(database);
  database.exec('CREATE VIRTUAL TABLE near USING vec0(vector float[64])');
  const put = database.prepare('INSERT INTO near (rowid, vector) VALUES (?, ?)');
  database.transaction(() => {
    for (const row of from.prepare('SELECT id, near FROM setups').iterate() as IterableIterator<{
      id: number;
      near: Buffer;
    }>)
      put.run(BigInt(row.id), row.near);
  })();
  const find = database.prepare(`SELECT rowid, distance FROM near WHERE vector MATCH ? AND k = ${CANDIDATES}`);
  return (near) => find.all(Buffer.from(near.buffer));
}

/** The scan of a million projections; the rescoring that follows it does not depend on their number, and is measured above. */
async function million(held: SetupMemory, real: readonly Float32Array[]): Promise<object> {
  const random = seededRandom(13);
  const nears = real.map((embedding) => projection.project(embedding));
  const index = createSetupIndex(projection.projectionLength);
  for (let n = 0; n < MANY; n++) {
    const [a, b] = [nears[n % nears.length]!, nears[Math.floor(random() * nears.length)]!];
    const step = random() / 2;
    const near = a.map((value, i) => value + step * (b[i]! - value));
    index.add({ ...setupOf(n, near), id: n, near, begins: 0, resolvedAt: Infinity });
  }
  const query = { k: K, asOf: Number.MAX_SAFE_INTEGER, resolved: false, origin: 'both' } as const;
  const [whole, scans, blocks]: [number[], number[], number[]] = [[], [], []];
  for (const embedding of real.slice(0, 40)) {
    const scan = await watched(() =>
      index.candidates(projection.project(embedding), { ...query, embedding }, CANDIDATES),
    );
    const rest = await timedLater(() => held.nearest({ ...query, embedding, asOf: CANDIDATES * 60_000 }));
    scans.push(scan.ms);
    blocks.push(scan.longestBlockMs);
    whole.push(scan.ms + rest.ms);
  }
  return {
    ...percentiles(whole),
    scan: percentiles(scans),
    longestBlockMs: rounded(Math.max(...blocks)),
    what: `scan of ${MANY.toLocaleString('en-US')} projections plus the rescoring of ${CANDIDATES} rows`,
  };
}

function percentiles(values: readonly number[]): { p50Ms: number; p95Ms: number } | { p50Ms: null; p95Ms: null } {
  if (values.length === 0) return { p50Ms: null, p95Ms: null };
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => rounded(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!);
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

async function timedLater<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const started = performance.now();
  const value = await work();
  return { ms: performance.now() - started, value };
}

/** As timedLater, with the longest time that nothing else could run. */
async function watched(work: () => Promise<unknown>): Promise<{ ms: number; longestBlockMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const { ms } = await timedLater(work);
  delay.disable();
  return { ms, longestBlockMs: delay.max / 1e6 };
}
