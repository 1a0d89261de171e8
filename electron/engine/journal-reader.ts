import path from 'node:path';
import { type JournalReader, readJournal } from './decision/index.ts';
import { checkWhole, readDatabase, readFault, sayingFaults } from './platform/index.ts';

export interface OpenJournal extends JournalReader {
  /** Reads every page of the file. @throws DATABASE_DAMAGED, FILE_UNREADABLE */
  check(): void;
  close(): void;
}

/** Ids of JOURNAL_MIGRATIONS, written out so that reading loads none of the rooms that own them. */
export const JOURNAL_STEPS: readonly number[] = [1, 11, 12, 2, 3, 13, 20, 30];

/**
 * The decisions of a data folder, read beside a running engine.
 * @throws DATABASE_MISSING, DATABASE_DAMAGED, DATABASE_NEWER, FILE_UNREADABLE; its methods DATABASE_DAMAGED and FILE_UNREADABLE too
 */
export function openJournalReader(dataDir: string): OpenJournal {
  const file = path.join(dataDir, 'journal.db');
  const database = readDatabase({ file, steps: JOURNAL_STEPS });
  try {
    const read = { ...readJournal(database), check: () => checkWhole(database) };
    return { ...sayingFaults(read, file), close: () => void database.close() };
  } catch (error) {
    database.close();
    throw readFault(error, file);
  }
}
