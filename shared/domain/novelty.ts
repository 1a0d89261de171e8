import { z } from 'zod';

/** How far a window lies from what the network was trained on (DEFINITIONS 4). */
export const Novelty = z.object({
  /** Distance of the embedding from the training windows, in their own spreads. */
  distance: z.number().min(0),
  /** Share of training windows that lie nearer, in percent; 100 also for closes such as no training window had. */
  percentile: z.number().min(0).max(100),
  /** Beyond the 99th percentile: the reading is not to be relied on, and no position is taken. */
  flagged: z.boolean(),
});
export type Novelty = z.infer<typeof Novelty>;

/** In words, for screen and command line; rounded down, so that 99 is never passed unflagged. */
export function noveltyText({ percentile, flagged }: Novelty): string {
  if (flagged) return 'unlike anything the network was trained on (beyond the 99th percentile)';
  return `percentile ${(Math.floor(percentile * 10) / 10).toFixed(1)} of the training windows (flagged above 99)`;
}
