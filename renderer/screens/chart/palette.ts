/** The chart's colours, read from the tokens of the theme on screen. */
export function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--bn-${name}`).trim();
  return {
    panel: token('panel'),
    raised: token('raised'),
    line: token('line'),
    strong: token('line-strong'),
    text: token('text'),
    dim: token('dim'),
    accent: token('accent'),
    accentSoft: token('accent-soft'),
    holdSoft: token('hold-soft'),
    up: token('up'),
    down: token('down'),
    hold: token('hold'),
    upSoft: token('up-soft'),
    downSoft: token('down-soft'),
    bar: token('bar'),
  };
}
export type Palette = ReturnType<typeof readPalette>;
