import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { Instrument, type Notice } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { sha256 } from '../platform/index.ts';
import { parseCloses } from './closes.ts';
import { readCsvSteps } from './csv/index.ts';
import { breathe, keyOf, type LoadedColumns, type SourceEntry } from './source.ts';

const IndexEntry = Instrument.extend({ file: z.string(), sha256: z.string() });
const Index = z.object({ instruments: z.array(IndexEntry) });
type IndexEntry = z.infer<typeof IndexEntry>;

const ADJUSTED_AT_SOURCE: Notice = {
  rule: 'adjusted-at-source',
  effect: 'info',
  bars: 0,
  sentence:
    'Closes come adjusted for splits and dividends up to 2022-12-28: levels are not the prices of the day, moves between bars are.',
};

const REPAIR = 'reinstall, or run git checkout on it';

/** The bundled bars as `index.json` lists them; nothing is parsed before a series is asked for. @throws FILE_NOT_FOUND, FILE_UNREADABLE */
export function sampleEntries(resourcesDir: string): SourceEntry[] {
  const folder = path.join(resourcesDir, 'samples');
  const { instruments } = readIndex(folder);
  return instruments.map((entry) => {
    const siblings = instruments.filter(({ file }) => file === entry.file);
    const load = () => (entry.closeOnly ? loadCloses(folder, siblings) : loadCandles(folder, entry));
    const { symbol, source, interval, currency, timezone } = entry;
    const sourceNotices = entry.closeOnly ? [ADJUSTED_AT_SOURCE] : [];
    const meta = { symbol, source, interval, currency, timezone, sourceNotices };
    return { instrument: Instrument.parse(entry), meta, sha256: entry.sha256, load };
  });
}

function readIndex(folder: string): z.infer<typeof Index> {
  const file = 'resources/samples/index.json';
  let text: string;
  try {
    text = readFileSync(path.join(folder, 'index.json'), 'utf8');
  } catch (error) {
    throw new BrainnetError('FILE_NOT_FOUND', { file }, { cause: error });
  }
  try {
    return Index.parse(JSON.parse(text));
  } catch (error) {
    throw new BrainnetError('FILE_UNREADABLE', { file, problem: `it is damaged; ${REPAIR}` }, { cause: error });
  }
}

async function loadCandles(folder: string, entry: IndexEntry): Promise<LoadedColumns[]> {
  const text = (await readSample(folder, entry)).toString('utf8');
  const { interval, timezone } = entry;
  const { raw } = await breathe(readCsvSteps(text, { interval, timezone, header: true }));
  return [{ key: keyOf({ instrument: entry, sha256: entry.sha256 }), raw }];
}

async function loadCloses(folder: string, entries: readonly IndexEntry[]): Promise<LoadedColumns[]> {
  const text = (await promisify(gunzip)(await readSample(folder, entries[0]!))).toString('utf8');
  const columns = await breathe(parseCloses(text));
  return entries.map((entry) => ({
    key: keyOf({ instrument: entry, sha256: entry.sha256 }),
    raw: columns.get(entry.symbol)!,
  }));
}

/** The bytes of a bundled file; the hash under which its columns are kept is true of them. @throws FILE_NOT_FOUND, FILE_UNREADABLE */
async function readSample(folder: string, { file, sha256: listed }: IndexEntry): Promise<Buffer> {
  const name = `resources/samples/${file}`;
  const bytes = await readFile(path.join(folder, file)).catch((error: unknown) => {
    throw new BrainnetError('FILE_NOT_FOUND', { file: name }, { cause: error });
  });
  if (sha256(bytes) === listed) return bytes;
  throw new BrainnetError('FILE_UNREADABLE', {
    file: name,
    problem: `its SHA-256 is not the one in index.json; ${REPAIR}`,
  });
}
