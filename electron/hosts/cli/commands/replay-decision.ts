import { DecisionId, type Reproduction } from '../../../../shared/domain/index.ts';
import type { Context } from '../context.ts';
import { withEngine } from '../with-engine.ts';

interface Options {
  regenerate?: boolean;
}

/** Makes a stored decision again and names the first thing that differs: exit code 0 where it is identical, 1 where it is not. */
export async function run(context: Context, [id]: readonly string[], options: Options): Promise<number> {
  const { out, dataDir } = context;
  if (options.regenerate)
    context.usage(
      '--regenerate asks a language model again and is not built yet; without it the stored answers are used.',
    );
  if (!DecisionId.safeParse(id).success) context.usage(`${id} is no decision id; they look like d-0190...`);
  const result = await withEngine(dataDir, {}, ({ client }) => client.replay.decision({ id: id! }));
  out.data({ type: 'reproduction', ...result });
  out.text(describe(result));
  return result.identical ? 0 : 1;
}

function describe({ sentence, differs, notes }: Reproduction): string {
  const parts = differs ? [`stored: ${differs.stored}`, `now:    ${differs.now}`] : [];
  return [sentence, ...parts, ...notes].join('\n');
}
