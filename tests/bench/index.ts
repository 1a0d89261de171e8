/** Every benchmark by name; each is loaded when asked for and gives one JSON line. */
export const benchmarks: Record<string, () => Promise<object>> = {
  gaf: async () => (await import('./gaf.ts')).gaf(),
  convnext: async () => (await import('./convnext.ts')).convnext(),
  csv: async () => (await import('./csv.ts')).csv(),
  analyze: async () => (await import('./analyze.ts')).benchAnalyze(),
  page: async () => (await import('./page.ts')).benchPage(),
  store: async () => (await import('./store.ts')).store(),
  llm: async () => (await import('./llm.ts')).benchLlm(),
  memory: async () => (await import('./memory.ts')).memory(),
};
