import { type Interval, type LiveRate, RATE_LEAST, type Regime, type Side } from '../../../../shared/domain/index.ts';
import type { Context } from '../context.ts';
import { table } from '../table.ts';
import { withEngine } from '../with-engine.ts';

const percent = (share: number | null) => (share === null ? null : `${(100 * share).toFixed(0)} %`);
/** Below ten cases only their number. */
const rateCells = ({ n, wins, rate, low, high }: LiveRate) => {
  const shown = n < RATE_LEAST ? [null, null, null] : [rate, low, high];
  return [n, wins, ...shown.map(percent)];
};
const RATE = ['n', 'won', 'rate', 'low', 'high'];

/** Patterns, regimes and strategies as of a time, each rate with its n and 95 % interval. */
export async function list(
  { out, dataDir }: Context,
  _args: readonly string[],
  options: { asOf?: string },
): Promise<number> {
  const { patterns, regimes, strategies } = await withEngine(dataDir, {}, async ({ client }) => ({
    patterns: await client.memory.knowledge.patterns(options),
    regimes: await client.memory.knowledge.regimes(options),
    strategies: await client.memory.knowledge.strategies(options),
  }));
  for (const pattern of patterns) out.data({ type: 'pattern', pattern });
  for (const regime of regimes) out.data({ type: 'regime', ...regime });
  for (const strategy of strategies) out.data({ type: 'strategy', strategy });
  if (patterns.length === 0) out.text('No pattern is known yet; knowledge add-pattern adds one.');
  else
    out.text(
      table(
        ['pattern', 'stated', ...RATE],
        patterns.map((one) => [one.name, percent(one.statedRate), ...rateCells(one.live)]),
      ),
    );
  out.text(
    table(
      ['regime', 'side', ...RATE],
      regimes.flatMap((one) => [
        [one.regime, 'long', ...rateCells(one.long)],
        ['', 'short', ...rateCells(one.short)],
      ]),
    ),
  );
  if (strategies.length > 0)
    out.text(
      table(
        ['strategy', 'result', ...RATE],
        strategies.map((one) => [one.name, one.pnl, ...rateCells(one.trades)]),
      ),
    );
  return 0;
}

export async function addPattern(
  { out, dataDir }: Context,
  [name, description]: readonly string[],
  options: { successRate?: number; symbol?: string; interval?: Interval; regime?: Regime; side?: Side },
): Promise<number> {
  const pattern = await withEngine(dataDir, {}, ({ client }) =>
    client.memory.knowledge.addPattern({ ...options, name: name!, description: description! }),
  );
  out.data({ type: 'pattern', pattern });
  out.text(`${pattern.name} is known from now on; ${pattern.live.n} settled cases count for it.`);
  return 0;
}

interface Trade {
  symbol: string;
  side: Side;
  entry: number;
  exit?: number;
  pnl?: number;
  note?: string;
  at?: string;
  pattern?: string;
  strategy?: string;
}

export async function logOutcome({ out, dataDir }: Context, _args: readonly string[], options: Trade): Promise<number> {
  const memory = await withEngine(dataDir, {}, ({ client }) => client.memory.knowledge.logOutcome(options));
  out.data({ type: 'memory', memory });
  const pending = options.pnl === undefined ? ' It is pending until knowledge amend-outcome closes it.' : '';
  out.text(`Logged as ${memory.id}: ${memory.title}.${pending}`);
  return 0;
}

export async function amendOutcome({ out, dataDir }: Context, [id]: readonly string[], trade: Trade): Promise<number> {
  const memory = await withEngine(dataDir, {}, ({ client }) =>
    client.memory.knowledge.amendOutcome({ id: id!, trade }),
  );
  out.data({ type: 'memory', memory });
  out.text(`It stands as ${memory.id} now: ${memory.title}.`);
  return 0;
}

/** Trades of the user, the newest first; an open one is pending. */
export async function trades({ out, dataDir }: Context, _args: readonly string[], options: { asOf?: string }) {
  const all = await withEngine(dataDir, {}, ({ client }) => client.memory.knowledge.trades(options));
  for (const trade of all) out.data({ type: 'trade', trade });
  out.data({ type: 'end', trades: all.length });
  if (all.length === 0) out.text('No trade is logged; knowledge log-outcome logs one.');
  else
    out.text(
      table(
        ['at', 'symbol', 'side', 'entry', 'exit', 'result', 'pattern', ''],
        all.map((one) => [
          ...[one.at.slice(0, 10), one.symbol, one.side, one.entry, one.exit],
          ...[one.state === 'pending' ? 'pending' : one.pnl, one.pattern ?? null, one.id],
        ]),
      ),
    );
  return 0;
}
