import type { Engine } from '../../engine/index.ts';

/**
 * Opens the engine on `dataDir`, says on stderr what the user must be told, hands it over, and closes it whatever happens.
 * @param stays for a process that lives long: it takes up runs that were cut short, and keeps the saved schedule
 */
export async function withEngine<T>(
  dataDir: string,
  flags: Record<string, string>,
  use: (engine: Engine) => Promise<T>,
  stays = false,
): Promise<T> {
  const { createEngine } = await import('../../engine/index.ts');
  const engine = await createEngine({ dataDir, env: process.env, flags, resumeRuns: stays });
  for (const notice of engine.notices) process.stderr.write(`${notice}\n`);
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}
