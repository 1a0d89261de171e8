import { sha256 } from '../platform/index.ts';

/** The instrument's name within a replay; what is walked at one time is walked in the order of these. */
export const keyOf = ({ source, symbol, interval }: { source: string; symbol: string; interval: string }): string =>
  `${source} ${symbol} ${interval}`;

/** Ids follow from the replay, so that it is the same however often it was cut short; they look like random ones (RFC 9562, version 8). */
export const replayDecisionId = (replayId: string, key: string, asOf: number): string =>
  `d-${uuidOf(`${replayId} ${key} ${asOf}`)}`;
export const replayRunId = (replayId: string): string => `r-${uuidOf(replayId)}`;

function uuidOf(text: string): string {
  const hex = sha256(text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
