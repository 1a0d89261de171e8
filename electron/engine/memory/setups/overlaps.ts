/** Of a row of `setups` that is settled, in SQL, what `thinned` looks at, and the order in which it wants them: the earliest known first. */
export const TRIP = 'symbol, coalesce(begins, known_at) AS begins, resolved_at AS knownAt';
export const BY_END = "resolved_at, known_at, source || ' ' || symbol, decision_id";
