import { toErrorData } from '../../../../shared/errors.ts';
import type { RemoteDeps, RemoteSource } from '../remote/types.ts';
import { DAY } from '../sessions.ts';
import { createStooq } from '../stooq/index.ts';
import { createYahoo } from '../yahoo/index.ts';

export interface SourceState {
  name: RemoteSource['name'];
  hosts: readonly string[];
  /** Why it gave no bars, with what to do; null where it did, and where it was not asked. */
  problem: string | null;
  /** Bars it gave; null where it was not asked. */
  bars: number | null;
}

/** An instrument that every source has. */
const PROBE = 'AAPL';

/** Every live source with its hosts; only where `online` each is asked for a few bars. */
export async function checkSources(deps: RemoteDeps, online: boolean): Promise<SourceState[]> {
  const sources = [createYahoo(deps), createStooq(deps)];
  return Promise.all(sources.map((source) => (online ? probe(source, deps.clock.now()) : unasked(source))));
}

const unasked = ({ name, hosts }: RemoteSource): SourceState => ({ name, hosts, problem: null, bars: null });

async function probe(source: RemoteSource, now: number): Promise<SourceState> {
  const { name, hosts } = source;
  try {
    const { raw } = await source.bars({ symbol: PROBE, interval: '1d', from: now - 15 * DAY, to: now });
    return { name, hosts, problem: null, bars: raw.time.length };
  } catch (error) {
    return { name, hosts, problem: toErrorData(error).sentence, bars: 0 };
  }
}
