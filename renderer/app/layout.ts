import type { DockviewApi } from 'dockview-react';

export const PANELS = ['watchlist', 'chart', 'field', 'decision', 'history', 'tasks'] as const;
export type PanelId = (typeof PANELS)[number];
export const PANEL_TITLES: Record<PanelId, string> = {
  watchlist: 'Watchlist',
  chart: 'Chart',
  field: 'Field',
  decision: 'Decision',
  history: 'History',
  tasks: 'Task centre',
};

const KEY = 'brainnet.layout.1';
const panel = (id: PanelId) => ({ id, component: id, title: PANEL_TITLES[id] });

/** The layout of a first start: three columns of two panels; on a small screen Decision and Field share one place. */
export function buildDefault(api: DockviewApi): void {
  const small = window.innerWidth < 1240 || window.innerHeight < 780;
  api.clear();
  api.addPanel(panel('chart'));
  api.addPanel({ ...panel('watchlist'), position: { referencePanel: 'chart', direction: 'left' } });
  api.addPanel({ ...panel('decision'), position: { referencePanel: 'chart', direction: 'right' } });
  api.addPanel({ ...panel('field'), position: { referencePanel: 'decision', direction: small ? 'within' : 'below' } });
  api.addPanel({ ...panel('history'), position: { referencePanel: 'chart', direction: 'below' } });
  api.addPanel({ ...panel('tasks'), position: { referencePanel: 'watchlist', direction: 'below' } });
  const bottom = Math.round(api.height * 0.32);
  api.getPanel('watchlist')?.api.setSize({ width: small ? 250 : 300 });
  api.getPanel('decision')?.api.setSize({ width: small ? 316 : 420 });
  api.getPanel('history')?.api.setSize({ height: bottom });
  api.getPanel('tasks')?.api.setSize({ height: bottom });
  if (!small) api.getPanel('field')?.api.setSize({ height: Math.round(api.height * 0.48) });
  for (const id of ['decision', 'chart'] as const) api.getPanel(id)?.api.setActive();
}

/** Restores the saved layout; one that is damaged or lacks a panel gives way to the default. */
export function restore(api: DockviewApi): void {
  const saved = localStorage.getItem(KEY);
  try {
    api.fromJSON(JSON.parse(saved ?? ''));
    if (PANELS.some((id) => !api.getPanel(id))) buildDefault(api);
  } catch {
    buildDefault(api);
  }
}

export const save = (api: DockviewApi) => localStorage.setItem(KEY, JSON.stringify(api.toJSON()));
