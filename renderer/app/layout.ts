import type { DockviewApi } from 'dockview-react';

export const PANELS = [
  'watchlist',
  'chart',
  'field',
  'decision',
  'history',
  'tasks',
  'models',
  'scorecard',
  'memory',
] as const;
export type PanelId = (typeof PANELS)[number];
export const PANEL_TITLES: Record<PanelId, string> = {
  watchlist: 'Watchlist',
  chart: 'Chart',
  field: 'Field',
  decision: 'Decision',
  history: 'History',
  tasks: 'Task centre',
  models: 'Models',
  scorecard: 'Scorecard',
  memory: 'Memory',
};

/** How much room there is: `small` a laptop's screen, `tiny` a page at 200 % zoom. Each keeps a layout of its own. */
export type Room = 'wide' | 'small' | 'tiny';

export function roomOf(width: number, height: number): Room {
  if (width < 900 || height < 520) return 'tiny';
  return width < 1240 || height < 780 ? 'small' : 'wide';
}
const roomNow = () => roomOf(window.innerWidth, window.innerHeight);

type Direction = 'left' | 'right' | 'below' | 'within';
type Step = readonly [panel: PanelId, direction?: Direction, beside?: PanelId];

/** Panels in the order they are placed, each beside one that stands already. */
const PLACES: Record<Room, readonly Step[]> = {
  wide: [
    ['chart'],
    ['watchlist', 'left', 'chart'],
    ['decision', 'right', 'chart'],
    ['field', 'below', 'decision'],
    ['history', 'below', 'chart'],
    ['tasks', 'below', 'watchlist'],
    ['models', 'within', 'chart'],
    ['scorecard', 'within', 'chart'],
    ['memory', 'within', 'chart'],
  ],
  small: [
    ['chart'],
    ['watchlist', 'left', 'chart'],
    ['decision', 'right', 'chart'],
    ['field', 'within', 'decision'],
    ['history', 'below', 'chart'],
    ['tasks', 'below', 'watchlist'],
    ['models', 'within', 'chart'],
    ['scorecard', 'within', 'chart'],
    ['memory', 'within', 'chart'],
  ],
  tiny: [
    ['chart'],
    ['decision', 'within', 'chart'],
    ['field', 'within', 'chart'],
    ['models', 'within', 'chart'],
    ['scorecard', 'within', 'chart'],
    ['memory', 'within', 'chart'],
    ['watchlist', 'left', 'chart'],
    ['history', 'within', 'watchlist'],
    ['tasks', 'within', 'watchlist'],
  ],
};
const WIDTHS: Record<Room, { watchlist: number; decision?: number }> = {
  wide: { watchlist: 300, decision: 420 },
  small: { watchlist: 250, decision: 316 },
  tiny: { watchlist: 270 },
};

function setSizes(api: DockviewApi, room: Room): void {
  const { watchlist, decision } = WIDTHS[room];
  api.getPanel('watchlist')?.api.setSize({ width: watchlist });
  if (decision) api.getPanel('decision')?.api.setSize({ width: decision });
  if (room === 'tiny') return;
  const bottom = Math.round(api.height * 0.32);
  for (const id of ['history', 'tasks'] as const) api.getPanel(id)?.api.setSize({ height: bottom });
  if (room === 'wide') api.getPanel('field')?.api.setSize({ height: Math.round(api.height * 0.48) });
}

/** The layout of a first start. */
export function buildDefault(api: DockviewApi): void {
  const room = roomNow();
  api.clear();
  for (const [id, direction, referencePanel] of PLACES[room]) {
    const place = { id, component: id, title: PANEL_TITLES[id] };
    api.addPanel(direction && referencePanel ? { ...place, position: { referencePanel, direction } } : place);
  }
  setSizes(api, room);
  for (const id of ['decision', 'watchlist', 'chart'] as const) api.getPanel(id)?.api.setActive();
}

const keyOf = (room: Room) => `brainnet.layout.2.${room}`;

/** Restores the layout saved for this much room; one that is damaged or lacks a panel gives way to the default. */
function restore(api: DockviewApi): void {
  try {
    api.fromJSON(JSON.parse(localStorage.getItem(keyOf(roomNow())) ?? ''));
    if (PANELS.some((id) => !api.getPanel(id))) buildDefault(api);
  } catch {
    buildDefault(api);
  }
}

/** Restores the layout, saves what the user changes, and takes another one when there is clearly more or less room. */
export function keepLayout(api: DockviewApi): void {
  let room = roomNow();
  restore(api);
  api.onDidLayoutChange(() => {
    if (room === roomNow()) localStorage.setItem(keyOf(room), JSON.stringify(api.toJSON()));
  });
  let waiting = 0;
  window.addEventListener('resize', () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      if (room === roomNow()) return;
      room = roomNow();
      restore(api);
    }, 250);
  });
}
