import type { EdgeGate } from '../../../shared/domain/index.ts';

/** What shapes a decision; stored with it, and hashed. */
export interface AnalyzeSettings {
  windowBars: number;
  horizonBars: number;
  threshold: number;
  maxRefinements: number;
  costFraction: number;
  edgeGate: EdgeGate;
}
