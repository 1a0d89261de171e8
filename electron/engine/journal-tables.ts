/**
 * Tables of the journal that hold what cannot be made anew, each with the id of the step that makes it; written out so that reading loads none
 * of the rooms that own them. The memory makes its own tables anew.
 */
export const JOURNAL_TABLES: Readonly<Record<string, number>> = {
  decisions: 1,
  watchlists: 2,
  seeded: 2,
  runs: 3,
  outcomes: 12,
  calibrations: 12,
  schedule: 14,
  replays: 30,
  leakage_tests: 30,
  leakage_windows: 31,
};
