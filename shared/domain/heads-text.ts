import { type Governed, HEAD_NAMES, type TunedHeads } from './finetune.ts';

/** Which heads a reading comes from: "heads fine-tuned on AAPL 1d, validated through 2024-05-31", or "shipped heads". */
export function headsText(tuned: TunedHeads | null | undefined): string {
  if (!tuned) return 'shipped heads';
  const { symbol, interval, heads, validatedThrough } = tuned;
  const where = `fine-tuned on ${symbol} ${interval}, validated through ${validatedThrough}`;
  if (heads.length === HEAD_NAMES.length) return `heads ${where}`;
  const own = `${listed(heads)} ${heads.length === 1 ? 'head' : 'heads'} ${where}`;
  return `${own}; ${heads.length === 1 ? 'the others are' : 'the other is'} as shipped`;
}

/** Where a version speaks, a line for each span: "direction and regime on AAPL 1d (samples), validated through 2024-05-31". */
export function governedLines(governs: readonly Governed[]): string[] {
  const spans = new Map<string, Governed[]>();
  for (const one of governs) {
    const span = `${one.symbol} ${one.interval} (${one.source}), validated through ${one.validatedThrough}`;
    spans.set(span, [...(spans.get(span) ?? []), one]);
  }
  return [...spans].map(([span, own]) => `${listed(own.map(({ head }) => head))} on ${span}`);
}

const listed = (names: readonly string[]): string => names.join(', ').replace(/, ([^,]*)$/, ' and $1');
