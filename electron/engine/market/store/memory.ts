/** Values kept in memory up to a number of bytes; those used longest ago go first. */
export interface Memory<T> {
  get(id: string): T | undefined;
  set(id: string, value: T): void;
  delete(id: string): void;
  entries(): IterableIterator<[string, T]>;
}

export function createMemory<T>(limit: number, sizeOf: (value: T) => number): Memory<T> {
  const kept = new Map<string, T>();
  let bytes = 0;
  const forget = (id: string) => {
    const value = kept.get(id);
    if (value !== undefined && kept.delete(id)) bytes -= sizeOf(value);
  };
  return {
    get(id) {
      const value = kept.get(id);
      if (value !== undefined && kept.delete(id)) kept.set(id, value);
      return value;
    },
    set(id, value) {
      forget(id);
      kept.set(id, value);
      bytes += sizeOf(value);
      for (const oldest of kept.keys()) {
        if (bytes <= limit || oldest === id) break;
        forget(oldest);
      }
    },
    delete: forget,
    entries: () => kept.entries(),
  };
}
