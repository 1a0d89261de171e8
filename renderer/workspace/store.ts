import type { DecisionSummary, Instrument, Interval, Source, Watchlist } from '../../shared/domain/index.ts';
import { createStore, queries, useStore } from '../engine/index.ts';
import { type Clock, clockOfDecision, defaultClock } from './clock.ts';
import { ownInterval } from './interval.ts';

export interface SymbolRef {
  symbol: string;
  source: Source;
  /** Left out: the interval that the symbol has of its own. */
  interval?: Interval | undefined;
}

/** Names a symbol in the keys of questions. */
export const refKey = ({ source, symbol, interval }: SymbolRef) => `${source}|${symbol}|${interval ?? ''}`;

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

/** Opens a symbol at the interval it names, else at its own. */
export const openSymbol = ({ symbol, source, interval }: SymbolRef) =>
  update({ symbol: interval ? { symbol, source, interval } : { symbol, source }, decisionId: null });

export const setClock = (clock: Clock) => update({ clock, decisionId: null, reveal: false });

type Made = Pick<DecisionSummary, 'id' | 'symbol' | 'source' | 'interval' | 'asOf' | 'lastBarDate'>;

/** The symbol of a decision; its interval is named where it is not the symbol's own. */
function symbolOf({ symbol, source, interval }: Made): SymbolRef {
  const instruments = queries.view('instruments').data as Instrument[] | undefined;
  return ownInterval(instruments, { symbol, source }) === interval ? { symbol, source } : { symbol, source, interval };
}

/** Shows a decision as it was: its symbol and interval, at its clock, in a window of `windowBars` (null: as set). */
export function openDecision(decision: Made, windowBars: number | null = null): void {
  update({
    symbol: symbolOf(decision),
    clock: clockOfDecision(decision),
    decisionId: decision.id,
    windowBars,
    reveal: false,
  });
}
