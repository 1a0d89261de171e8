import type { DecisionSummary, Source, Watchlist } from '../../shared/domain/index.ts';
import { createStore, useStore } from '../engine/index.ts';
import { type Clock, clockOfDecision, defaultClock } from './clock.ts';

export interface SymbolRef {
  symbol: string;
  source: Source;
}

/** What the user is looking at; kept across reloads. */
export interface Workspace {
  list: string | null;
  clock: Clock;
  symbol: SymbolRef | null;
  /** A decision opened on purpose; null follows the newest one known at the clock. */
  decisionId: string | null;
  /** Bars after the clock are shown, in another shade. */
  reveal: boolean;
  /** Bars of the field's window; null = the engine's setting. */
  windowBars: number | null;
}

const KEY = 'brainnet.workspace.1';
const FRESH: Workspace = {
  list: null,
  clock: 'latest',
  symbol: null,
  decisionId: null,
  reveal: false,
  windowBars: null,
};

function load(): Workspace {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { ...FRESH, ...(saved as Partial<Workspace>), reveal: false };
  } catch {
    return FRESH;
  }
}

export const workspace = createStore<Workspace>(typeof localStorage === 'undefined' ? FRESH : load());

export function update(part: Partial<Workspace>): void {
  workspace.set({ ...workspace.get(), ...part });
  localStorage.setItem(KEY, JSON.stringify(workspace.get()));
}

export const useWorkspace = <K extends keyof Workspace>(key: K): Workspace[K] =>
  useStore(workspace, (value) => value[key]);

/** Opens a list at its own clock and its first symbol. */
export function openList(list: Watchlist | undefined): void {
  update({
    list: list?.name ?? null,
    clock: defaultClock(list),
    symbol: list?.items[0] ?? null,
    decisionId: null,
    reveal: false,
  });
}

export const openSymbol = ({ symbol, source }: SymbolRef) => update({ symbol: { symbol, source }, decisionId: null });

export const setClock = (clock: Clock) => update({ clock, decisionId: null, reveal: false });

/** Shows a decision as it was: its symbol, at its clock. */
export function openDecision(decision: DecisionSummary): void {
  update({
    symbol: { symbol: decision.symbol, source: decision.source },
    clock: clockOfDecision(decision),
    decisionId: decision.id,
    windowBars: null,
    reveal: false,
  });
}
