import { buildAll, isBuildNeeded } from './build-page.ts';

const ifNeeded = process.argv.includes('--if-needed');
if (!ifNeeded || isBuildNeeded()) await buildAll((line) => console.error(line));
