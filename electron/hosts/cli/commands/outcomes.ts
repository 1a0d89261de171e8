import { Ticker } from '../../../../shared/domain/ids.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Engine } from '../../../engine/index.ts';
import type { Context } from '../context.ts';
import { table } from '../table.ts';
import { withEngine } from '../with-engine.ts';

interface Options {
  symbol?: string;
  online?: boolean;
}

/** Settles every live decision whose horizon has passed, and prints what became of them; exit 1 where bars could not be had. */
export async function settle({ out, dataDir }: Context, _args: readonly string[], options: Options): Promise<number> {
  const { symbol, online = false } = options;
  const checked = symbol === undefined ? undefined : Ticker.safeParse(symbol);
  if (checked && !checked.success)
    throw new BrainnetError('INVALID_INPUT', { problem: `--symbol: ${checked.error.issues[0]?.message}` });
  const settling = async ({ client }: Engine) => {
    const settled = await client.decisions.settle({ symbol: checked?.data, online });
    return [settled, await client.decisions.scorecard({ by: [] })] as const;
  };
  const [report, card] = await withEngine(dataDir, {}, settling, { settlesAtStart: false });
  out.data({ type: 'settled', ...report, waiting: card.pending });
  out.text(
    `${report.settled} settled now; ${report.pending} pending, ${report.lost} lost (their bar is gone, or bars stop within the horizon).`,
  );
  const elsewhere = card.pending - report.pending - report.lost;
  if (!online && symbol === undefined && elsewhere > 0)
    out.text(`${elsewhere} more rest on bars that are not on this machine; --online asks their source.`);
  if (report.failed.length > 0)
    out.text(
      table(
        ['symbol', 'source', 'why not'],
        report.failed.map((one) => [one.symbol, one.source, one.error.sentence]),
      ),
    );
  return report.failed.length > 0 ? 1 : 0;
}
