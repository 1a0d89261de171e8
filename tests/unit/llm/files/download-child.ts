import { LONG_SPEC, smallFiles, toEnd } from './support.ts';

/** A process to be killed: downloads the small model into a folder from a mirror, and says on stdout how far it is. */
const [, , dataDir = '', mirror = ''] = process.argv;
const files = smallFiles(dataDir, mirror, { spec: LONG_SPEC });
files.download();
for await (const { stage, done } of files.follow()) process.stdout.write(`${stage} ${done}\n`);
process.stdout.write(`${(await toEnd(files)).at(-1)?.status}\n`);
