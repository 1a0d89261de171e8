/** Every benchmark by name; each is loaded when asked for and gives one JSON line. */
export const benchmarks: Record<string, () => Promise<object>> = {
  gaf: async () => (await import('./gaf.ts')).gaf(),
  convnext: async () => (await import('./convnext.ts')).convnext(),
  csv: async () => (await import('./csv.ts')).csv(),
  store: async () => (await import('./store.ts')).store(),
};
