import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Check } from '../../../../shared/domain/system.ts';
import { errorSentence } from '../../../../shared/errors.ts';
import { runDoctor } from '../../../engine/doctor.ts';
import { PAGE_FOLDER } from '../../paths.ts';
import type { Context } from '../context.ts';
import { table } from '../table.ts';

/** Looks at everything that can be wrong here; exit 1 where something is. Works beside a running engine. */
export async function run(
  { out, dataDir }: Context,
  _args: readonly string[],
  { online = false }: { online?: boolean },
): Promise<number> {
  const checks = [...(await runDoctor({ dataDir, online })), pageCheck()];
  for (const check of checks) out.data({ type: 'check', ...check });
  out.text(
    table(
      ['check', 'state', ''],
      checks.map((check) => [check.name, check.state, check.sentence]),
    ),
  );
  return checks.some(({ state }) => state === 'problem') ? 1 : 0;
}

function pageCheck(): Check {
  const built = existsSync(path.join(PAGE_FOLDER, 'index.html'));
  return {
    name: 'page',
    state: built ? 'ok' : 'warning',
    sentence: built ? 'The page is built.' : errorSentence('PAGE_MISSING'),
  };
}
