import { memo } from 'react';

const WIDTH = 60;
const HEIGHT = 18;

/** Points of a polyline through the closes, scaled to the box. */
export function sparkPoints(closes: readonly number[], width = WIDTH, height = HEIGHT): string {
  const low = Math.min(...closes);
  const range = Math.max(...closes) - low;
  const step = closes.length > 1 ? width / (closes.length - 1) : 0;
  return closes
    .map((close, i) => {
      const y = range > 0 ? height - 1 - ((close - low) / range) * (height - 2) : height / 2;
      return `${(i * step).toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}

/** The last closes as a small line without axes; decorative beside the figures. */
export const Sparkline = memo(function Sparkline({ closes }: { closes: readonly number[] }) {
  if (closes.length < 2) return null;
  const rising = (closes.at(-1) ?? 0) >= (closes[0] ?? 0);
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true" className={rising ? 'up' : 'down'}>
      <polyline points={sparkPoints(closes)} fill="none" stroke="currentColor" strokeWidth="1.25" />
    </svg>
  );
});
