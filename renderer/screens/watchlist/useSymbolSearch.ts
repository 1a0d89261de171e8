import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { SymbolMatch } from '../../../shared/contract/index.ts';
import { api, engine, queries, sentenceOf, useQuery, useStore } from '../../engine/index.ts';
import { useInstruments } from '../../workspace/index.ts';
import { type Candidate, candidatesOf, ownCandidates } from './candidates.ts';

const PAUSE_MS = 350;

interface Answer {
  found: SymbolMatch[];
  problem: Parameters<typeof sentenceOf>[0] | null;
}

export type LiveSource = 'none' | 'yahoo' | 'stooq';

/** The source on the network that is switched on. */
export const useLiveSource = (): LiveSource =>
  useStore(engine, (state) => state.settings.find((one) => one.name === 'LIVE_SOURCE')?.value ?? 'none') as LiveSource;

export interface SymbolSearch {
  found: Candidate[];
  /** The network is being asked. */
  asking: boolean;
  /** Why the network gave nothing, in one sentence. */
  problem: string | null;
  /** Asks Yahoo for this text, at the user's word; null where it has answered or is asked without that. */
  askNetwork: (() => void) | null;
}

const keyOf = (text: string, remote: boolean) => `search|${remote ? 'network' : 'here'}|${text}`;

function useAnswer(text: string, remote: boolean) {
  const key = text === '' ? null : keyOf(text, remote);
  return useQuery<Answer>(key, (signal) => api().market.search({ query: text, remote }, { signal }));
}

/** What answers a text: at once what is here, and from the network only where it is switched on or the user asks. */
export function useSymbolSearch(text: string): SymbolSearch {
  const query = text.trim().slice(0, 80);
  const live = useLiveSource();
  const [asked, setAsked] = useState('');
  const [settled] = useDebouncedValue(query, PAUSE_MS);
  const remote = query !== '' && (asked === query || (live === 'yahoo' && settled === query));
  const here = useAnswer(query, false);
  const network = useAnswer(remote ? query : '', true);
  const instruments = useInstruments().data;
  const answer = (remote ? network.data : undefined) ?? here.data;
  const ask = () => {
    if (remote) queries.retry(keyOf(query, true));
    setAsked(query);
  };
  const problem = remote && network.data?.problem ? sentenceOf(network.data.problem) : null;
  return {
    found: query === '' ? ownCandidates(instruments ?? []) : candidatesOf(answer?.found ?? []),
    asking: remote && network.pending,
    problem: problem ?? (remote ? (network.failure?.sentence ?? null) : (here.failure?.sentence ?? null)),
    askNetwork: live !== 'none' || (remote && !problem) ? null : ask,
  };
}
