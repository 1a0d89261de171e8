import { buildAll, isBuildNeeded } from './build-page.ts';

const ifNeeded = process.argv.includes('--if-needed');
if (!ifNeeded || isBuildNeeded()) {
  try {
    await buildAll((line) => console.error(line));
  } catch (error) {
    console.error(`The page could not be built: ${(error as Error).message}`);
    process.exit(1);
  }
}
