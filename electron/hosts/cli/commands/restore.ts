import type { Context } from '../context.ts';

/** Brings the newest backup of the journal back. */
export async function run({ dataDir, out }: Context): Promise<number> {
  const { restoreJournal } = await import('../../../engine/index.ts');
  const { backup, aside } = restoreJournal(dataDir);
  const at = new Date(backup.at).toISOString();
  out.data({ type: 'restored', file: backup.file, at, aside });
  out.text(`The journal is that of ${at} again.${aside ? ` What was there is kept as ${aside}.` : ''}`);
  return 0;
}
