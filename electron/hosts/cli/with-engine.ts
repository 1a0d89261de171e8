import type { Engine } from '../../engine/index.ts';

/**
 * Opens the engine on `dataDir`, says on stderr what the user must be told, hands it over, and closes it whatever happens.
 * @param how `stays`: for a process that lives long, which takes up runs that were cut short and keeps the saved schedule; `settlesAtStart`: as of the engine
 */
export async function withEngine<T>(
  dataDir: string,
  flags: Record<string, string>,
  use: (engine: Engine) => Promise<T>,
  how: { stays?: boolean; settlesAtStart?: boolean } = {},
): Promise<T> {
  const { createEngine } = await import('../../engine/index.ts');
  const { stays = false, settlesAtStart = true } = how;
  const engine = await createEngine({ dataDir, env: process.env, flags, resumeRuns: stays, settlesAtStart });
  for (const notice of engine.notices) process.stderr.write(`${notice}\n`);
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}
