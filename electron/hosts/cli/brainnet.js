#!/usr/bin/env node
import '../check-node.js';

const { main } = await import('./main.ts');
await main(process.argv.slice(2));
