import path from 'node:path';
import { type JournalReader, readJournal } from './decision/index.ts';
import { openDatabase } from './platform/index.ts';

export interface OpenJournal extends JournalReader {
  close(): void;
}

/** The decisions of a data folder, read beside a running engine. @throws DATABASE_MISSING, DATABASE_DAMAGED */
export function openJournalReader(dataDir: string): OpenJournal {
  const file = path.join(dataDir, 'journal.db');
  const database = openDatabase({ file, migrations: [], synchronous: 'FULL', readOnly: true });
  return { ...readJournal(database), close: () => void database.close() };
}
