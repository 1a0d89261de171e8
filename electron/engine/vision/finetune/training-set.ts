/** The heads in the order of the card, with their number of classes and where their logits lie among the 11. */
export const HEADS = [
  { head: 'regime', classes: 4, at: 0 },
  { head: 'direction', classes: 3, at: 4 },
  { head: 'volatility', classes: 4, at: 7 },
] as const;
export type HeadName = (typeof HEADS)[number]['head'];
export const LOGITS = 11;

/** Windows of all symbols in the order of their last bars, one row each; times are starts of bars, UTC ms. */
export interface TrainingSet {
  count: number;
  dims: number;
  /** `count * dims`: the network's features as they came out. */
  features: Float32Array;
  /** `count * 11`: logits of the shipped heads, and of the heads in force. */
  shipped: Float32Array;
  inForce: Float32Array;
  /** `count * 3`: class of regime, direction, volatility. */
  labels: Uint8Array;
  /** Which of the series the window is from. */
  series: Int32Array;
  /** First bar of the window, its last bar, and the last bar that its labels read. */
  first: Float64Array;
  last: Float64Array;
  labelled: Float64Array;
  /** Block of time of the window's last bar, at least window + horizon bars long, the same for all symbols. */
  block: Int32Array;
  /** 1 where the heads in force have not been fitted on the window: only these may be validated on. */
  fresh: Uint8Array;
}
