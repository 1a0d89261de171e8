import { DecisionId, type Reproduction } from '../../../../shared/domain/index.ts';
import type { Context } from '../context.ts';
import { onInterrupt } from '../interrupt.ts';
import { table } from '../table.ts';
import { withEngine } from '../with-engine.ts';

interface Options {
  regenerate?: boolean;
}

/** Makes a stored decision again and names the first thing that differs: exit code 0 where it is identical, 1 where it is not. */
export async function run(context: Context, [id]: readonly string[], options: Options): Promise<number> {
  const { out, dataDir } = context;
  if (!DecisionId.safeParse(id).success) context.usage(`${id} is no decision id; they look like d-0190...`);
  const abort = new AbortController();
  const interrupt = onInterrupt(() => abort.abort());
  const asked = { id: id!, regenerate: options.regenerate ?? false };
  const result = await withEngine(dataDir, {}, ({ client }) =>
    client.replay.decision(asked, { signal: abort.signal }),
  ).finally(interrupt.release);
  out.data({ type: 'reproduction', ...result });
  out.text(describe(result));
  return result.identical ? 0 : 1;
}

function describe({ sentence, differs, notes, regenerated }: Reproduction): string {
  const parts = differs ? [`stored: ${differs.stored}`, `now:    ${differs.now}`] : [];
  return [sentence, ...parts, ...(regenerated ? answersText(regenerated) : []), ...notes].join('\n');
}

function answersText({ answers, stored, now }: NonNullable<Reproduction['regenerated']>): string[] {
  const rows = answers.map(({ ask, kind, samePrompt, same, at, difference }) => [
    ...[ask + 1, kind, samePrompt ? 'same' : 'other', same ? 'same' : 'differs'],
    at === null ? (difference?.toPrecision(2) ?? null) : `from character ${at}`,
  ]);
  const words = [
    ['stored', stored],
    ['now', now],
  ] as const;
  return [
    table(['question', 'answer', 'prompt', 'it', 'by'], rows),
    table(
      ['', 'regime', 'proposed', 'C', 'action'],
      words.map(([name, word]) => [name, word.regime, word.proposed, word.confidence.toFixed(4), word.action]),
    ),
  ];
}
