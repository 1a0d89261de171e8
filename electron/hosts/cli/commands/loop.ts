import type { Interval, Source } from '../../../../shared/domain/series.ts';
import type { Engine } from '../../../engine/index.ts';
import type { Context } from '../context.ts';
import { INTERRUPTED, onInterrupt } from '../interrupt.ts';
import { loopLines } from '../loop-text.ts';
import type { Output } from '../output.ts';
import { refuse } from '../run-stream.ts';
import { withEngine } from '../with-engine.ts';

interface Options {
  symbol?: string[];
  interval?: Interval;
  source?: Source;
  delay: number;
  single?: boolean;
  iterations?: number;
  allowStale?: boolean;
  device?: string;
}

interface Tally {
  decided: number;
  same: number;
  failed: number;
}

interface Followed {
  tally: Tally;
  /** Symbols whose last try failed. */
  failing: ReadonlySet<string>;
}

/** The trading loop; exit 130 where it was interrupted, 1 where a symbol was refused or failed at its last try. */
export async function run(context: Context, _args: readonly string[], options: Options): Promise<number> {
  const { out, dataDir } = context;
  const { symbols, refused } = refuse(options.symbol ?? [], out);
  if (symbols.length === 0) return 1;
  const stop = new AbortController();
  const interrupt = onInterrupt(() => stop.abort());
  out.onClosed(() => stop.abort());
  try {
    const flags: Record<string, string> = options.device ? { DEVICE: options.device } : {};
    const { tally, failing } = await withEngine(dataDir, flags, (engine) =>
      follow(engine, symbols, options, stop.signal, out),
    );
    const total = { ...tally, failed: tally.failed + refused };
    out.data({ type: 'end', status: interrupt.requested ? 'cancelled' : 'done', ...total });
    out.text(`\n${endLine(total, interrupt.requested)}`);
    if (interrupt.requested) return INTERRUPTED;
    return refused > 0 || failing.size > 0 ? 1 : 0;
  } finally {
    interrupt.release();
  }
}

async function follow(
  { orchestrator }: Engine,
  symbols: readonly string[],
  { source, interval, delay, single, iterations, allowStale }: Options,
  signal: AbortSignal,
  out: Output,
): Promise<Followed> {
  const tally: Tally = { decided: 0, same: 0, failed: 0 };
  const failing = new Set<string>();
  const refs = symbols.map((symbol) => ({ symbol, ...(source && { source }), ...(interval && { interval }) }));
  const wanted = { symbols: refs, delayMs: 1000 * delay, iterations: single ? 1 : iterations, allowStale, signal };
  for await (const event of orchestrator.loop(wanted)) {
    if (event.type === 'decision' || event.type === 'nothing-new') failing.delete(event.symbol);
    if (event.type === 'failure') failing.add(event.symbol);
    if (event.type === 'decision') tally.decided++;
    if (event.type === 'nothing-new') tally.same++;
    if (event.type === 'failure') tally.failed++;
    out.data(event);
    for (const line of loopLines(event)) out.text(line);
    if (event.type === 'failure' && !out.json) out.note(`      ${event.error.code}: ${event.error.sentence}`);
  }
  return { tally, failing };
}

function endLine({ decided, same, failed }: Tally, interrupted: boolean): string {
  const counts = `${decided} decided, ${same} without a new bar, ${failed} failed`;
  return `${interrupted ? 'Stopped' : 'Done'}: ${counts}.`;
}
