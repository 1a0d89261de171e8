import path from 'node:path';
import type { Context } from '../context.ts';
import { table } from '../table.ts';

interface Options {
  list?: boolean;
  decline?: boolean;
}

const OF = { journal: 'the journal in use', earlier: 'an earlier journal', replaced: 'a journal given up' };

/** Brings a backup of the journal back, lists what there is, or stays with the journal in use. */
export async function run(
  { dataDir, out, usage }: Context,
  [name]: readonly string[],
  { list, decline }: Options,
): Promise<number> {
  if ([name !== undefined, list, decline].filter(Boolean).length > 1) usage('name a backup, --list or --decline.');
  const { declineBackups, listBackups, restoreJournal } = await import('../../../engine/index.ts');
  if (list) {
    const backups = listBackups(dataDir);
    for (const { file, group, at } of backups)
      out.data({ type: 'backup', file, group, at: new Date(at).toISOString() });
    out.data({ type: 'end', backups: backups.length });
    const rows = backups.map(({ file, group, at }) => [path.basename(file), new Date(at).toISOString(), OF[group]]);
    out.text(rows.length === 0 ? 'There is no backup yet.' : table(['backup', 'taken', 'of'], rows));
    return 0;
  }
  if (decline) {
    declineBackups(dataDir);
    out.data({ type: 'declined' });
    out.text('The journal stays as it is; backups of earlier ones are kept as files and offered no longer.');
    return 0;
  }
  const { backup, aside } = restoreJournal(dataDir, Date.now(), name);
  const at = new Date(backup.at).toISOString();
  out.data({ type: 'restored', file: backup.file, at, aside });
  out.text(`The journal is that of ${at} again.${aside ? ` What was there is kept as ${aside}.` : ''}`);
  return 0;
}
