import type { Client } from '../../shared/contract/index.ts';
import type { EngineEvent } from '../../shared/events.ts';
import { type Connection, connect, listenForPorts, Refused } from './connect.ts';
import { queries } from './queries.ts';
import { applyEvents, type EngineState, fromSnapshot, INITIAL, type Phase } from './reduce.ts';
import { createStore } from './store.ts';

/** The page's copy of the engine's state; panels read it with `useStore`. */
export const engine = createStore<EngineState>(INITIAL);

/** At most ten renders a second, however many events arrive. */
const FLUSH_MS = 100;
const LONGEST_WAIT_MS = 5_000;

let current: Connection | null = null;
let queue: EngineEvent[] = [];
let flushing = false;

/** The client of the live connection; rejects with a connection error while there is none. */
export function api(): Client {
  if (!current) throw new Error('not connected');
  return current.client;
}

const setPhase = (phase: Phase) => engine.set({ ...engine.get(), phase });

function flush(): void {
  flushing = false;
  const events = queue;
  queue = [];
  engine.set(applyEvents(engine.get(), events));
  if (events.some((event) => event.type === 'settings')) void refreshSettings();
  if (events.some((event) => event.type === 'watchlists')) queries.invalidate(['watchlists', 'rows']);
  if (events.some((event) => event.type === 'outcomes' || (event.type === 'run' && event.run.endedAt !== null)))
    queries.invalidate(['outcome', 'outcomes', 'scorecard']);
  if (events.some(({ type }) => type === 'memory' || type === 'outcomes'))
    queries.invalidate(['memories', 'memory-state', 'patterns', 'regimes', 'strategies', 'trades']);
  if (events.some((event) => event.type === 'schedule')) queries.invalidate(['schedule']);
  if (events.some((event) => event.type === 'heads')) queries.invalidate(['heads', 'model', 'reading', 'saliency']);
  if (events.some((event) => event.type === 'instruments'))
    queries.invalidate(['instruments', 'rows', 'series', 'field', 'reading', 'saliency', 'search']);
}

/** A setting was changed elsewhere: the event says that, not what. */
async function refreshSettings(): Promise<void> {
  const settings = await api()
    .settings.get()
    .catch(() => engine.get().settings);
  engine.set({ ...engine.get(), settings });
  queries.invalidate(['field', 'reading', 'saliency', 'network']);
}

function enqueue(event: EngineEvent): void {
  queue.push(event);
  if (!flushing) setTimeout(flush, FLUSH_MS);
  flushing = true;
}

/** Snapshot, then events; returns when the engine says `reset`, throws when the stream breaks. */
async function follow(connection: Connection): Promise<void> {
  const snapshot = await connection.client.system.snapshot();
  queue = [];
  engine.set(fromSnapshot(snapshot));
  queries.connected();
  for await (const event of await connection.client.system.events({ after: snapshot.seq })) {
    if (event.type === 'reset') return;
    enqueue(event);
  }
  throw new Error('the event stream ended');
}

/** One connection from open to close. */
async function live(): Promise<void> {
  const connection = await connect();
  current = connection;
  const ended = connection.closed.then(() => {
    throw new Error('closed');
  });
  ended.catch(() => undefined);
  try {
    for (;;) await Promise.race([follow(connection), ended]);
  } finally {
    current = null;
    connection.close();
  }
}

const pause = (attempt: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_WAIT_MS, 250 * 2 ** attempt)));

/** Connects and stays connected, waiting longer after each failure; runs as long as the page. */
export async function startSession(): Promise<void> {
  listenForPorts();
  for (let attempt = 0; ; attempt++) {
    try {
      await live();
    } catch (error) {
      if (engine.get().phase === 'live') attempt = 0;
      setPhase(error instanceof Refused ? 'refused' : 'reconnecting');
    }
    await pause(attempt);
  }
}
