import type { DockviewApi } from 'dockview-react';
import { createStore } from '../engine/index.ts';
import { buildDefault, PANELS, type PanelId } from './layout.ts';

let dock: DockviewApi | null = null;

export function setDock(api: DockviewApi): void {
  dock = api;
}

/** Whether the list of keys is open. */
export const keysOpen = createStore(false);

/** Whether the choice of live sources is open. */
export const dataOpen = createStore(false);

/** Whether the choice of how decisions are judged is open. */
export const judgementOpen = createStore(false);

/** Whether the settings of the language model are open. */
export const languageOpen = createStore(false);

/** Brings a panel to the front without moving the focus. */
export const showPanel = (id: PanelId) => dock?.getPanel(id)?.api.setActive();

/** Brings a panel to the front and puts the focus where its keys work. */
export function focusPanel(id: PanelId): void {
  showPanel(id);
  focusWhenDrawn(id, FRAMES);
}

/** How many frames a panel that is loaded at its first use may take to be there. */
const FRAMES = 120;

function focusWhenDrawn(id: PanelId, frames: number): void {
  requestAnimationFrame(() => {
    const region = document.querySelector<HTMLElement>(`[data-panel="${id}"]`);
    if (region) (region.querySelector<HTMLElement>('[data-entry]') ?? region).focus();
    else if (frames > 0) focusWhenDrawn(id, frames - 1);
  });
}

/** The panel that holds the focus, or null. */
export function focusedPanel(): PanelId | null {
  const id = document.activeElement?.closest<HTMLElement>('[data-panel]')?.dataset.panel;
  return PANELS.find((panel) => panel === id) ?? null;
}

export function resetLayout(): void {
  if (dock) buildDefault(dock);
}
