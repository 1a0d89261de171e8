import { seeded, tripOf } from '../../decision/index.ts';
import type { Plan, Planned } from '../plan.ts';

/** A window of the test. */
export interface Drawn {
  planned: Planned;
  /** End of its last bar, UTC ms. */
  asOf: number;
}

/** Windows whose outcome is known, drawn without replacement by a seed; in the order of the plan. */
export function drawWindows(plan: Plan, { windows, seed }: { windows: number; seed: number }): Drawn[] {
  const settled = plan.steps.flatMap(({ asOf, instruments }) =>
    instruments.filter((planned) => isSettled(plan, planned, asOf)).map((planned) => ({ planned, asOf })),
  );
  const random = seeded(seed);
  const ranked = settled.map((drawn) => ({ drawn, rank: random() })).sort((a, b) => a.rank - b.rank);
  const chosen = new Set(ranked.slice(0, windows).map(({ drawn }) => drawn));
  return settled.filter((drawn) => chosen.has(drawn));
}

/** The windows of an instrument stand `stepBars` apart, so those whose trips pass the last bar are its last ones. */
function isSettled({ settings, stepBars }: Plan, { series, asOfs }: Planned, asOf: number): boolean {
  const before = asOfs.length - 1 - asOfs.indexOf(asOf);
  const { exit: span } = tripOf(series, 0, settings.horizonBars);
  return before * stepBars >= span;
}
