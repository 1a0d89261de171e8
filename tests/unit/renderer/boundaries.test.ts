import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';
import { describe, expect, it } from 'vitest';

const PAGE = 'renderer';
const sources = readdirSync(PAGE, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && name !== 'vite.config.ts' && !name.endsWith('.d.ts'))
  .map((name) => path.join(PAGE, name));

/** What a file imports or re-exports by name; `import(...)` by its text, since it is an expression. */
function imports(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const { body } = parseSync(text, { syntax: 'typescript', tsx: file.endsWith('.tsx') });
  const named = body.flatMap((item) => ('source' in item && item.source ? [item.source.value] : []));
  const lazy = [...text.matchAll(/\bimport\(\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  return [...named, ...lazy];
}

/** Where an import leads, as a path of the repository; a package keeps its name. */
const target = (file: string, name: string) => (name.startsWith('.') ? path.join(path.dirname(file), name) : name);

describe('what the page imports', () => {
  it.each(sources)('%s: itself, shared/ and packages made for a page', (file) => {
    const foreign = imports(file)
      .map((name) => target(file, name))
      .filter((name) => !/^(renderer|shared)\//.test(name))
      .filter(
        (name) => !/^(react|react-dom|zod|echarts|dockview-react|@mantine|@orpc\/(client|contract))(\/|$)/.test(name),
      );
    expect(foreign).toEqual([]);
  });
});
