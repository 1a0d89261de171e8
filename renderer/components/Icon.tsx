const PATHS = {
  sun: 'M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.4 1.4M11.6 11.6 13 13M13 3l-1.4 1.4M4.4 11.6 3 13M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z',
  left: 'M10 3 5 8l5 5',
  right: 'M6 3l5 5-5 5',
  last: 'M4 3l5 5-5 5M12 3v10',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3',
  play: 'M5 3v10l8-5z',
  stop: 'M4 4h8v8H4z',
  plus: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  pen: 'M3 13l.6-2.8L10.8 3l2.2 2.2-7.2 7.2z',
  dots: 'M8 3.5v.01M8 8v.01M8 12.5v.01',
  info: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 7.2v4M8 4.8v.01',
  upload: 'M8 11V3M5 6l3-3 3 3M3 13h10',
  download: 'M8 3v8M5 8l3 3 3-3M3 13h10',
  copy: 'M6 6h7v7H6zM3 10V3h7',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3',
  keyboard: 'M1.5 4h13v8h-13zM4 6.5v.01M6.5 6.5v.01M9 6.5v.01M11.5 6.5v.01M5 9.5h6',
  check: 'M2.5 8.5 6.5 12 13.5 4',
  dash: 'M3.5 8h9',
  wait: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 4.5V8l2.5 1.8',
  ask: 'M5.5 5.8A2.6 2.6 0 1 1 8 8.5v1.3M8 12.5v.01',
  figures: 'M4 3v10M8 6v7M12 8v5',
  talk: 'M2 3h12v8H7l-3 3v-3H2z',
  chart: 'M2 13h12M4 11V6M7 11V3M10 11V7M13 11V5',
} as const;

export type IconName = keyof typeof PATHS;

/** A 16-unit line icon; decorative, so its control carries the name. */
export function Icon({ name, size = 14 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
