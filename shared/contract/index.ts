import type { ContractRouterClient } from '@orpc/contract';
import { analysis } from './analysis.ts';
import { decisions } from './decisions.ts';
import { market } from './market.ts';
import { memory } from './memory.ts';
import { models } from './models.ts';
import { replay } from './replay.ts';
import { schedule } from './schedule.ts';
import { settings } from './settings.ts';
import { system } from './system.ts';

/** Everything a page, a script or a host may ask of the engine. */
export const contract = { market, analysis, decisions, memory, models, replay, schedule, settings, system };
export type Contract = typeof contract;
/** The typed client of the contract, whatever the transport. */
export type Client = ContractRouterClient<Contract>;

export { DecisionQuery } from './decisions.ts';
export { CsvPreview, ImportReport, SymbolMatch, WatchlistRow } from './market.ts';
