import './check-node.js';

await import('./start.ts');
