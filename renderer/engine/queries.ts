import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { type Failure, toFailure } from './errors.ts';

/** What a panel sees of a question to the engine. */
export interface Query<T> {
  data: T | undefined;
  failure: Failure | null;
  pending: boolean;
}

interface Entry extends Query<unknown> {
  listeners: Set<() => void>;
  load: ((signal: AbortSignal) => Promise<unknown>) | null;
  abort: AbortController | null;
  view: Query<unknown>;
}

const KEPT = 60;
const NOTHING: Query<never> = { data: undefined, failure: null, pending: false };

/** Answers by key; the first part of a key names the kind, for invalidation. One request at a time a key. */
export class QueryCache {
  private readonly entries = new Map<string, Entry>();

  view(key: string): Query<unknown> {
    return this.entries.get(key)?.view ?? { ...NOTHING, pending: true };
  }

  subscribe(key: string, listener: () => void): () => void {
    const entry = this.entry(key);
    entry.listeners.add(listener);
    return () => {
      entry.listeners.delete(listener);
      this.drop(key, entry);
      this.evict();
    };
  }

  /** Loads the key unless it is loaded or loading. */
  ensure(key: string, load: (signal: AbortSignal) => Promise<unknown>): void {
    const entry = this.entry(key);
    entry.load = load;
    if (entry.data === undefined && entry.failure === null && !entry.abort) void this.fetch(entry);
  }

  /** Puts an answer that is already known. */
  put(key: string, data: unknown): void {
    const entry = this.entry(key);
    entry.abort?.abort();
    this.settle(entry, { data, failure: null, pending: false });
  }

  /** The answer of a key, outside React; throws what the request threw. */
  async read<T>(key: string, load: () => Promise<T>): Promise<T> {
    const entry = this.entry(key);
    if (entry.data === undefined || entry.failure !== null) {
      this.put(key, await load());
    }
    return entry.data as T;
  }

  /** Asks again what failed. */
  retry(key: string): void {
    const entry = this.entries.get(key);
    if (entry) void this.fetch(entry);
  }

  /** Marks every answer of these kinds as old; those on screen load again, the rest are dropped. */
  invalidate(kinds: readonly string[]): void {
    for (const [key, entry] of this.entries) {
      if (!kinds.includes(key.split('|')[0] ?? '')) continue;
      if (entry.listeners.size === 0) this.entries.delete(key);
      else void this.fetch(entry);
    }
  }

  /** After a (re)connection everything on screen is asked again. */
  connected(): void {
    this.invalidate([...this.entries.keys()].map((key) => key.split('|')[0] ?? ''));
  }

  private entry(key: string): Entry {
    const known = this.entries.get(key);
    if (known) return known;
    const view = { ...NOTHING, pending: true };
    const entry: Entry = { ...view, listeners: new Set(), load: null, abort: null, view };
    this.entries.set(key, entry);
    return entry;
  }

  private async fetch(entry: Entry): Promise<void> {
    if (!entry.load) return;
    entry.abort?.abort();
    const abort = new AbortController();
    entry.abort = abort;
    this.publish(entry, { data: entry.data, failure: null, pending: true });
    try {
      const data = await entry.load(abort.signal);
      if (entry.abort === abort) this.settle(entry, { data, failure: null, pending: false });
    } catch (error) {
      if (entry.abort === abort) this.settle(entry, { data: entry.data, failure: toFailure(error), pending: false });
    }
  }

  private settle(entry: Entry, view: Query<unknown>): void {
    entry.abort = null;
    this.publish(entry, view);
  }

  private publish(entry: Entry, view: Query<unknown>): void {
    Object.assign(entry, view);
    entry.view = view;
    for (const listener of [...entry.listeners]) listener();
  }

  /** Nobody waits for this answer any more. */
  private drop(key: string, entry: Entry): void {
    if (entry.listeners.size > 0 || !entry.abort) return;
    entry.abort.abort();
    entry.abort = null;
    if (this.entries.get(key) === entry) this.entries.delete(key);
  }

  private evict(): void {
    const idle = [...this.entries].filter(([, entry]) => entry.listeners.size === 0);
    for (const [key] of idle.slice(0, Math.max(0, idle.length - KEPT))) this.entries.delete(key);
  }
}

export const queries = new QueryCache();

const PENDING: Query<never> = { ...NOTHING, pending: true };

function currentView(key: string): Query<unknown> {
  const view = queries.view(key);
  return view.data === undefined && view.failure === null ? PENDING : view;
}

/** Asks once a key and shares the answer; a null key asks nothing. */
export function useQuery<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Query<T> {
  const subscribe = useCallback(
    (listener: () => void) => (key === null ? () => undefined : queries.subscribe(key, listener)),
    [key],
  );
  const view = useSyncExternalStore(subscribe, () => (key === null ? NOTHING : currentView(key)));
  useEffect(() => {
    if (key !== null) queries.ensure(key, load);
  });
  return view as Query<T>;
}
