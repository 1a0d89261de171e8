import module from 'node:module';
import path from 'node:path';

const found = process.versions.node;

// Plain JavaScript on purpose: an older Node cannot even parse the TypeScript that follows.
if (Number.parseInt(found, 10) < 24) {
  process.stderr.write(
    `WRONG_NODE: Brainnet needs Node 24 or newer, and this is Node ${found}; start it through npm (npm start, npm run brainnet).\n`,
  );
  process.exit(1);
}
module.enableCompileCache?.();
// Threads and processes started from here read it from the variable alone.
const cache = module.getCompileCacheDir?.();
if (cache) process.env.NODE_COMPILE_CACHE ??= path.dirname(cache);
