import type { Engine } from '../../engine/index.ts';

/** Opens the engine on `dataDir`, says on stderr what the user must be told, hands it over, and closes it whatever happens. */
export async function withEngine<T>(
  dataDir: string,
  flags: Record<string, string>,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { createEngine } = await import('../../engine/index.ts');
  const engine = await createEngine({ dataDir, env: process.env, flags });
  for (const notice of engine.notices) process.stderr.write(`${notice}\n`);
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}
