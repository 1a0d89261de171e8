import { BrainnetError } from '../../../shared/errors.ts';

/** @throws WRONG_NODE under Node older than 24, where better-sqlite3 would crash without a word. */
export function requireNode24(found: string = process.versions.node): void {
  if (Number.parseInt(found, 10) < 24) throw new BrainnetError('WRONG_NODE', { found });
}
