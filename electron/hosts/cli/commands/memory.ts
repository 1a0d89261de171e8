import { writeFile } from 'node:fs/promises';
import type { Client } from '../../../../shared/contract/index.ts';
import type { FoundMemory, Interval, MemoryKind, MemoryRecord, Regime } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { readCsvFile } from '../csv-file.ts';
import { table } from '../table.ts';
import { withEngine } from '../with-engine.ts';

interface Scope {
  symbol?: string;
  interval?: Interval;
  regime?: Regime;
  asOf?: string;
}

const ask = <T>({ dataDir }: Context, work: (client: Client) => Promise<T>): Promise<T> =>
  withEngine(dataDir, {}, ({ client }) => work(client));

export async function add(
  context: Context,
  [text]: readonly string[],
  { decision, ...options }: Scope & { kind: MemoryKind; title?: string; decision?: string },
): Promise<number> {
  const memory = await ask(context, (client) => client.memory.add({ ...options, text: text!, decisionId: decision }));
  context.out.data({ type: 'memory', memory });
  context.out.text(`Remembered as ${memory.id}.`);
  return 0;
}

export async function search(
  context: Context,
  words: readonly string[],
  { kind, like, ...options }: Scope & { kind?: MemoryKind[]; like?: string; limit: number },
): Promise<number> {
  const query = { ...options, text: words.join(' ') || undefined, kinds: kind, likeDecision: like };
  const found = await ask(context, (client) => client.memory.search(query));
  for (const one of found) context.out.data({ type: 'found', ...one });
  context.out.data({ type: 'end', found: found.length });
  if (found.length > 0)
    context.out.text(
      table(['known', 'kind', 'symbol', 'regime', 'alike', 'recalled', 'fared', 'id', ''], found.map(rowOf)),
    );
  else context.out.text('Nothing was found.');
  return 0;
}

const rowOf = ({ memory, alike }: FoundMemory) => [
  memory.knownAt.slice(0, 10),
  memory.kind,
  memory.symbol,
  memory.regime,
  alike,
  memory.recalled,
  faredText(memory),
  memory.id,
  lineOf(memory),
];

/** The mean with how many decisions it is of. */
const faredText = ({ fared, settled }: MemoryRecord) =>
  fared === null ? null : `${fared > 0 ? '+' : ''}${fared.toFixed(2)} of ${settled}`;

function lineOf({ title, text }: MemoryRecord): string {
  const said = text.startsWith(title) ? [text] : [title, text];
  const line = said.join(': ').replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 100)}...` : line;
}

export async function remove(context: Context, [id]: readonly string[]): Promise<number> {
  const memory = await ask(context, (client) => client.memory.withdraw({ id: id! }));
  context.out.data({ type: 'memory', memory });
  context.out.text(`Taken back: ${lineOf(memory)}\nmemory restore ${memory.id} undoes it.`);
  return 0;
}

export async function restore(context: Context, [id]: readonly string[]): Promise<number> {
  const memory = await ask(context, (client) => client.memory.restore({ id: id! }));
  context.out.data({ type: 'memory', memory });
  context.out.text(`Known again: ${lineOf(memory)}`);
  return 0;
}

export async function context(
  context: Context,
  [symbol]: readonly string[],
  { symbol: _, ...options }: Scope & { maxCharacters: number },
): Promise<number> {
  const { text, ids } = await ask(context, (client) => client.memory.context({ ...options, symbol: symbol! }));
  context.out.data({ type: 'context', text, ids });
  context.out.text(text || `Nothing is known of ${symbol}.`);
  return 0;
}

export async function prune(
  context: Context,
  _args: readonly string[],
  { olderThan, recalledAtMost, yes = false }: { olderThan: number; recalledAtMost: number; yes?: boolean },
): Promise<number> {
  const rule = { olderThanDays: olderThan, recalledAtMost, dryRun: !yes };
  const report = await ask(context, (client) => client.memory.prune(rule));
  context.out.data({ type: 'prune', ...report });
  for (const memory of report.examples) context.out.text(`${memory.knownAt.slice(0, 10)}  ${lineOf(memory)}`);
  const verb = yes ? 'removed' : 'to be removed; --yes removes them';
  context.out.text(
    `${counted(report.count)} ${verb}. ${report.kept} stay. Trades, decisions and outcomes are never pruned.`,
  );
  return 0;
}

export async function exportFile(context: Context, [file]: readonly string[]): Promise<number> {
  const content = await ask(context, everything);
  const count = content.split('\n').length - 1;
  if (file === undefined) {
    for (const line of content.split('\n').filter(Boolean)) {
      context.out.data({ type: 'memory', memory: JSON.parse(line) });
      context.out.text(line);
    }
    return 0;
  }
  await writeFile(file, content).catch((error: NodeJS.ErrnoException) => {
    throw new BrainnetError('FILE_UNWRITABLE', { file, problem: error.code ?? 'unknown' }, { cause: error });
  });
  context.out.data({ type: 'exported', memories: count });
  context.out.text(`${counted(count)} written to ${file}.`);
  return 0;
}

async function everything(client: Client): Promise<string> {
  const pages: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<Client['memory']['export']>> = await client.memory.export({ after });
    pages.push(page.content);
    after = page.next;
  }
  return pages.join('');
}

export async function importFile(context: Context, [file]: readonly string[]): Promise<number> {
  const content = await readCsvFile(file!);
  const report = await ask(context, (client) => client.memory.import({ content }));
  context.out.data({ type: 'imported', ...report });
  for (const { sentence } of report.problems) context.out.text(sentence);
  context.out.text(
    `${counted(report.added)} added, ${report.merged} were known already, ${report.refused} lines refused.`,
  );
  return report.refused > 0 && report.added + report.merged === 0 ? 1 : 0;
}

/** Counts what is stored and settles nothing, as `decisions` and `scorecard` do. */
export async function state(context: Context): Promise<number> {
  const now = await withEngine(context.dataDir, {}, ({ client }) => client.memory.state(), { settlesAtStart: false });
  context.out.data({ type: 'memory-state', ...now });
  const setups = now.setups === 1 ? '1 setup' : `${now.setups} setups`;
  const at = now.asOf.slice(0, 16).replace('T', ' ');
  context.out.text(`${setups}, ${now.settledSetups} of them settled as of ${at} UTC.`);
  context.out.text(table(['kind', 'memories'], Object.entries(now.records)));
  if (now.problem) context.out.note(now.problem);
  return 0;
}

const counted = (count: number) => (count === 1 ? '1 memory' : `${count} memories`);
