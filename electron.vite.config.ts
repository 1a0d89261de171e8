import { defineConfig } from 'electron-vite';

/** The desktop's bundles, in out/main and out/preload; the page is built by renderer/vite.config.ts. Packages stay outside, native ones must. */
export default defineConfig({
  main: {
    build: {
      minify: true,
      rollupOptions: {
        input: {
          main: 'electron/main.ts',
          'engine-process': 'electron/hosts/engine-process.ts',
          // found by their names beside the chunk that starts them, hence no folder of chunks
          'session-worker': 'electron/engine/vision/convnext/session-worker.ts',
          'fit-worker': 'electron/engine/vision/finetune/fit-worker.ts',
          'figures-worker': 'electron/engine/decision/figures/figures-worker.ts',
          'llm-process': 'electron/engine/llm/embedded/llm-process.ts',
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      minify: true,
      rollupOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
});
