import { existsSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createClosers } from '../../../electron/engine/closers.ts';
import { dataFolderHolder, takeDataFolder } from '../../../electron/engine/platform/index.ts';
import { temporaryFolder, testEngine } from '../../support/engine.ts';
import { openJournalDatabase } from '../../support/journal.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = temporaryFolder('start');
});

/** Files below the folder that this process holds open, where the system lists them. */
function heldOpen(): string[] {
  if (!existsSync('/proc/self/fd')) return [];
  const targetOf = (fd: string) => {
    try {
      return readlinkSync(path.join('/proc/self/fd', fd));
    } catch {
      return '';
    }
  };
  return readdirSync('/proc/self/fd')
    .map(targetOf)
    .filter((file) => file.startsWith(dataDir));
}

function expectLetGo(): void {
  expect(heldOpen()).toEqual([]);
  expect(dataFolderHolder(dataDir)).toBeNull();
  expect(readdirSync(dataDir).filter((name) => /-(wal|shm)$/.test(name))).toEqual([]);
  takeDataFolder(dataDir).release();
  rmSync(dataDir, { recursive: true });
}

describe('a start that fails', () => {
  it('on a step behind both databases lets go of them and of the folder', async () => {
    const database = openJournalDatabase(dataDir);
    database.exec("INSERT INTO runs (id, status, state) VALUES ('r-1', 'running', 'no JSON')");
    database.close();
    await expect(testEngine({ dataDir })).rejects.toThrow();
    expect(existsSync(path.join(dataDir, 'cache.db'))).toBe(true);
    expectLetGo();
  });

  it('on a setting lets go of the folder', async () => {
    await expect(testEngine({ dataDir, flags: { WINDOW_BARS: '7' } })).rejects.toMatchObject({ code: 'BAD_SETTING' });
    expectLetGo();
  });

  it('leaves nothing behind after an engine that started and was closed, once or twice', async () => {
    const engine = await testEngine({ dataDir });
    await engine.close();
    await engine.close();
    expectLetGo();
  });
});

describe('what was opened', () => {
  it('is closed once, the last first, all of it though one throws, and that is told', async () => {
    const closed: string[] = [];
    const opened = createClosers();
    opened.add(() => void closed.push('first'));
    opened.add(() => {
      throw new Error('second');
    });
    opened.add(async () => void closed.push('third'));
    await expect(opened.closeAll()).rejects.toThrow('second');
    await opened.closeAll();
    expect(closed).toEqual(['third', 'first']);
  });
});
