import { certaintyText } from '../../../../shared/domain/certainty.ts';
import { DecisionId, Ticker } from '../../../../shared/domain/ids.ts';
import type { Adaptation, ToldOutcome } from '../../../../shared/domain/index.ts';
import type { Interval, Source } from '../../../../shared/domain/series.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { onInterrupt } from '../interrupt.ts';
import { withEngine } from '../with-engine.ts';

interface Options {
  source?: Source;
  interval?: Interval;
  outcome?: ToldOutcome;
}

/** Remembers what the user says to a decision or a symbol, and shows what a new analysis makes of it. */
export async function run(context: Context, [about, words = '']: readonly string[], options: Options): Promise<number> {
  const { out, dataDir } = context;
  const subject = subjectOf(about!);
  const { source, interval, outcome } = options;
  if (words.trim() === '' && outcome === undefined) context.usage('say something in words, or an --outcome.');
  const stop = new AbortController();
  const interrupt = onInterrupt(() => stop.abort());
  try {
    const feedback = { ...subject, source, interval, outcome, words };
    const result = await withEngine(dataDir, {}, ({ client }) =>
      client.analysis.adapt(feedback, { signal: stop.signal }),
    );
    out.data({ type: 'adaptation', ...result });
    out.text(describe(result));
    return 0;
  } finally {
    interrupt.release();
  }
}

function subjectOf(about: string): { decisionId: string } | { symbol: string } {
  if (about.startsWith('d-') && DecisionId.safeParse(about).success) return { decisionId: about };
  const symbol = Ticker.safeParse(about);
  if (symbol.success) return { symbol: symbol.data };
  const problem = `${about.slice(0, 40).replaceAll(/\p{Cc}/gu, '?')} is neither a decision nor a symbol`;
  throw new BrainnetError('INVALID_INPUT', { problem });
}

function describe({ before, after, changed, sentence }: Adaptation): string {
  return [
    `before  ${before ? `${before.action}, C ${certaintyText(before.confidence)}, ${before.id}` : 'no decision'}`,
    `after   ${after.action}, C ${certaintyText(after.confidence)}, ${after.id}`,
    ...changed.map((line) => `        ${line}`),
    sentence,
  ].join('\n');
}
