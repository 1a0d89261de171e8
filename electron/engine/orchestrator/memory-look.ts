import type { Look, Reading, Recalled } from '../../../shared/domain/index.ts';
import type { Neighbour } from '../memory/index.ts';
import { canonicalJson, sha256 } from '../platform/index.ts';
import type { ReadLook } from './looks.ts';

/**
 * Round 2 of DEFINITIONS 5 as a look: the mean reading of recalled setups, with their regimes and outcomes. Its hash is over their ids, so that it names what was recalled.
 * @param neighbours at least one, the nearest first
 */
export function memoryLook(neighbours: readonly Neighbour[], windowBars: number): ReadLook {
  const times = neighbours.map(({ knownAt }) => knownAt);
  const iso = (ms: number) => new Date(ms).toISOString();
  const look: Look = {
    kind: 'memory',
    windowBars,
    stepBars: 1,
    start: iso(Math.min(...times)),
    end: iso(Math.max(...times)),
    windowHash: sha256(canonicalJson(neighbours.map(({ decisionId }) => decisionId))),
    reading: meanReading(neighbours),
    recalled: neighbours.map(recalledOf),
  };
  return { look, logits: null };
}

function recalledOf({ decisionId, symbol, knownAt, distance, regime, outcome }: Neighbour): Recalled {
  const won = outcome && { long: outcome.longWon, short: outcome.shortWon };
  return { decisionId, symbol, asOf: new Date(knownAt).toISOString(), distance, regime, won };
}

const HEADS = ['regime', 'direction', 'volatility'] as const;

function meanReading(neighbours: readonly Neighbour[]): Reading {
  const head = (name: (typeof HEADS)[number]) => {
    const meanOf = (label: string) =>
      neighbours.reduce((sum, { reading }) => sum + (reading[name] as Record<string, number>)[label]!, 0) /
      neighbours.length;
    return Object.fromEntries(Object.keys(neighbours[0]!.reading[name]).map((label) => [label, meanOf(label)]));
  };
  return Object.fromEntries(HEADS.map((name) => [name, head(name)])) as Reading;
}
