import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BrainnetError } from '../../../../shared/errors.ts';
import { packageRoot } from '../../../engine/platform/index.ts';
import type { Context } from '../context.ts';

type Benchmarks = Record<string, () => Promise<object>>;

/** Runs one benchmark or all of them; each is one JSON line, with or without --json. */
export async function run(context: Context, [name]: readonly string[]): Promise<number> {
  const file = path.join(packageRoot(), 'tests', 'bench', 'index.ts');
  if (!existsSync(file)) {
    throw new BrainnetError('FILE_NOT_FOUND', {
      file: 'tests/bench/index.ts (benchmarks come with the source, not with the package)',
    });
  }
  const { benchmarks } = (await import(pathToFileURL(file).href)) as { benchmarks: Benchmarks };
  const names = name === undefined ? Object.keys(benchmarks) : [name];
  if (name !== undefined && !Object.hasOwn(benchmarks, name)) {
    context.usage(`there is no benchmark ${name}; there are: ${Object.keys(benchmarks).join(', ')}.`);
  }
  for (const each of names) {
    const line = { type: 'bench', name: each, ...(await benchmarks[each]!()) };
    context.out.data(line);
    context.out.text(JSON.stringify(line));
  }
  return 0;
}
