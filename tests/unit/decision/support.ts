import { createHash } from 'node:crypto';
import { createJournal, createOutcomeStore } from '../../../electron/engine/decision/index.ts';
import { seeded } from '../../../electron/engine/decision/scorecard/random.ts';
import type { Database } from '../../../electron/engine/platform/index.ts';
import type { Decision, Outcome } from '../../../shared/domain/index.ts';
import { storedDecision } from '../../support/journal.ts';

const DAY = 86_400_000;

/** Decisions of one instrument, 16 bars apart, each with its outcome; the side taken wins with `chance`. */
export function seededDecisions(
  count: number,
  seed: number,
  chance: number,
): { decision: Decision; outcome: Outcome }[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i) => {
    const action = random() < 0.5 ? 'long' : 'short';
    const won = random() < chance;
    const asOf = Date.UTC(2015, 0, 1) + i * 16 * DAY;
    const iso = (ms: number) => new Date(ms).toISOString();
    const decision = storedDecision({
      id: `d-${uuid(`${seed}-${i}`)}`,
      createdAt: iso(asOf + 60_000),
      action,
      proposed: action,
      regime: 'trending',
      asOf: iso(asOf),
      knownAt: iso(asOf),
      sampleStatus: 'out',
    });
    const long = (action === 'long') === won ? 0.02 : -0.02;
    const outcome: Outcome = {
      decisionId: decision.id,
      settledAt: iso(asOf + 17 * DAY),
      knownAt: iso(asOf + 16 * DAY),
      entryTime: iso(asOf),
      exitTime: iso(asOf + 15 * DAY),
      entryPrice: 100,
      exitPrice: 100 * (1 + long),
      long: { grossReturn: long, result: long > 0 ? 'win' : 'loss' },
      short: { grossReturn: -long, result: long > 0 ? 'loss' : 'win' },
      result: won ? 'win' : 'loss',
    };
    return { decision, outcome };
  });
}

interface Settled {
  p: number;
  seed?: number;
  part?: Partial<Decision>;
}

/** Stores settled decisions of one instrument, each with the given P(correct) beside a base rate of a half; as if in time, whatever is stored already. */
export function storeSettled(database: Database, count: number, { p, seed = 5, part = {} }: Settled): void {
  const [journal, outcomes] = [createJournal(database), createOutcomeStore(database)];
  const settled = seededDecisions(count, seed, 0.5).map(({ decision, outcome }) => {
    const side = decision.action === 'short' ? 'short' : 'long';
    return { made: { ...decision, ...part, pCorrect: calibrated(p, side) }, outcome };
  });
  database.transaction(() => {
    for (const { made } of settled) journal.add(made);
    database.exec('UPDATE decisions SET set_back = 0');
    for (const { made, outcome } of settled) outcomes.add(outcome, made);
  })();
}

function calibrated(value: number, side: 'long' | 'short'): Decision['pCorrect'] {
  const about = { side, rule: 'trend' as const, version: 'c-0123456789abcdef', n: 60, replayed: 0, baseRate: 0.5 };
  const sentence = `A ${side} like this won in ${100 * value} % of 60 settled decisions.`;
  return { state: 'calibrated', value, low: value - 0.1, high: value + 0.1, ...about, sentence };
}

function uuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
