import { notifications } from '@mantine/notifications';
import type {
  MemoryImportReport,
  NewMemory,
  NewPattern,
  PruneReport,
  PruneRule,
  TradeOutcome,
  TradeView,
} from '../../../shared/domain/index.ts';
import { CSV_TEXT_BYTES } from '../../../shared/limits.ts';
import { attempt } from '../../app/commands.ts';
import { offerUndo } from '../../app/undo.ts';
import { api, queries } from '../../engine/index.ts';
import { download } from '../../format/csv.ts';
import { textOfFile } from '../../format/file-text.ts';
import { memories } from './labels.ts';

/** Kinds of answers that a change of the memory makes old. */
export const MEMORY_QUERIES = ['memories', 'memory-state', 'patterns', 'regimes', 'strategies', 'trades'];

async function changing<T>(work: () => Promise<T>): Promise<T | null> {
  const result = await attempt(work);
  if (result !== null) queries.invalidate(MEMORY_QUERIES);
  return result;
}

/** Each says whether it was stored. */
export const addMemory = async (memory: NewMemory) => (await changing(() => api().memory.add(memory))) !== null;
export const logTrade = async (trade: TradeOutcome) =>
  (await changing(() => api().memory.knowledge.logOutcome(trade))) !== null;
export const amendTrade = async (id: string, trade: TradeOutcome) =>
  (await changing(() => api().memory.knowledge.amendOutcome({ id, trade }))) !== null;

/** Takes a trade back, and offers to bring it back again. */
export async function removeTrade({ id, side, symbol }: TradeView): Promise<void> {
  if ((await changing(() => api().memory.withdraw({ id }))) === null) return;
  offerUndo(`The ${side} ${symbol} is taken back.`, () => changing(() => api().memory.restore({ id })));
}

export const addPattern = async (pattern: NewPattern) =>
  (await changing(() => api().memory.knowledge.addPattern(pattern))) !== null;

export const previewPrune = (rule: PruneRule): Promise<PruneReport | null> =>
  attempt(() => api().memory.prune({ ...rule, dryRun: true }));

export async function prune(rule: PruneRule): Promise<void> {
  const report = await changing(() => api().memory.prune({ ...rule, dryRun: false }));
  if (report) tell('Pruned', `${memories(report.count)} removed, ${report.kept} left.`);
}

/** Saves every memory as a file of JSON lines. */
export async function saveMemories(): Promise<void> {
  const pages = await attempt(allPages);
  if (pages) download('memories.jsonl', 'application/x-ndjson', pages.join(''));
}

async function allPages(): Promise<string[]> {
  const pages: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const { content, next }: { content: string; next: number | null } = await api().memory.export({ after });
    pages.push(content);
    after = next;
  }
  return pages;
}

export async function openMemories(file: File): Promise<void> {
  const report = await changing(async () => {
    const content = await textOfFile(file, CSV_TEXT_BYTES);
    return api().memory.import({ content });
  });
  if (report) tell(`${file.name} was read`, importText(report), report.refused > 0);
}

/** What became of an imported file, with the first refused lines. */
export function importText({ added, merged, refused, problems }: MemoryImportReport): string {
  const counts = `${added} added, ${merged} known already, ${refused} refused.`;
  return [counts, ...problems.slice(0, 3).map(({ sentence }) => sentence)].join(' ');
}

function tell(title: string, message: string, warn = false): void {
  notifications.show({ title, message, color: warn ? 'yellow' : 'teal', autoClose: warn ? 12_000 : 6000 });
}
