import './check-node.js';

await import('./dev.ts');
