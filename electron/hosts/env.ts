import { existsSync } from 'node:fs';
import { BrainnetError } from '../../shared/errors.ts';

/** Reads `.env` of the current folder into the environment; what the environment already says stands (DESIGN 7). */
export function loadDotEnv(file = '.env'): void {
  if (!existsSync(file)) return;
  try {
    process.loadEnvFile(file);
  } catch (error) {
    const problem = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new BrainnetError('FILE_UNREADABLE', { file, problem }, { cause: error });
  }
}
