import './check-node.js';

await import('./build.ts');
