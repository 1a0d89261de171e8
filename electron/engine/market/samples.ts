import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { Instrument, type Notice } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
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
    'closes come adjusted for splits and dividends up to 2022-12-28, so levels are not the prices of the day; moves between bars are',
};

/** The bundled bars as `index.json` lists them; nothing is parsed before a series is asked for. @throws FILE_NOT_FOUND */
export function sampleEntries(resourcesDir: string): SourceEntry[] {
  const folder = path.join(resourcesDir, 'samples');
  const { instruments } = Index.parse(JSON.parse(readIndex(path.join(folder, 'index.json'))));
  return instruments.map((entry) => {
    const siblings = instruments.filter(({ file }) => file === entry.file);
    const load = () => (entry.closeOnly ? loadCloses(folder, siblings) : loadCandles(folder, entry));
    const { symbol, source, interval, currency, timezone } = entry;
    const sourceNotices = entry.closeOnly ? [ADJUSTED_AT_SOURCE] : [];
    const meta = { symbol, source, interval, currency, timezone, sourceNotices };
    return { instrument: Instrument.parse(entry), meta, sha256: entry.sha256, load };
  });
}

function readIndex(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BrainnetError('FILE_NOT_FOUND', { file: 'resources/samples/index.json' }, { cause: error });
  }
}

async function loadCandles(folder: string, entry: IndexEntry): Promise<LoadedColumns[]> {
  const text = (await readSample(folder, entry.file)).toString('utf8');
  const { interval, timezone } = entry;
  const { raw } = await breathe(readCsvSteps(text, { interval, timezone, header: true }));
  return [{ key: keyOf({ instrument: entry, sha256: entry.sha256 }), raw }];
}

async function loadCloses(folder: string, entries: readonly IndexEntry[]): Promise<LoadedColumns[]> {
  const text = (await promisify(gunzip)(await readSample(folder, entries[0]!.file))).toString('utf8');
  const columns = await breathe(parseCloses(text));
  return entries.map((entry) => ({
    key: keyOf({ instrument: entry, sha256: entry.sha256 }),
    raw: columns.get(entry.symbol)!,
  }));
}

async function readSample(folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(path.join(folder, file));
  } catch (error) {
    throw new BrainnetError('FILE_NOT_FOUND', { file: `resources/samples/${file}` }, { cause: error });
  }
}
