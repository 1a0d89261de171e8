import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import type { Client } from '../../shared/contract/index.ts';
import { type AsOf, type InstrumentRef, LOCAL_SOURCES, type Settings } from '../../shared/domain/index.ts';
import { createClosers } from './closers.ts';
import { createLanguageModel, lent } from './create-language.ts';
import { createOrchestrator, type Orchestrator, seriesOf } from './create-orchestrator.ts';
import { createCalibrationStore, createFigures, createJournal, createOutcomeStore } from './decision/index.ts';
import { checkLanguageModel, createModelFiles, type Llm, modelFolders } from './llm/index.ts';
import { BUNDLED_WATCHLISTS, createMarket, createWatchlistStore, type Market, type Series } from './market/index.ts';
import { createMemory } from './memory/index.ts';
import { createNetwork, type Network } from './network.ts';
import { openCache, openCheckpoints, openJournal } from './open-databases.ts';
import {
  createAnalyzer,
  createBaseRateBook,
  createCheckpoints,
  createEventLog,
  createLanguageDesk,
  createRunStore,
  createRuns,
  createSchedule,
  createScheduleStore,
  createSettler,
  timingOf,
} from './orchestrator/index.ts';
import {
  type Clock,
  createLog,
  engineVersion,
  keepBackup,
  type Logger,
  openSettings,
  packageRoot,
  requireNode24,
  sayingFaults,
  systemClock,
  takeDataFolder,
} from './platform/index.ts';
import { createLeakageStore, createReplayStore, createReplays } from './replay/index.ts';
import { createRouter, type EngineRouter } from './router.ts';
import { createConvnext, createFinetune, openTunedNetwork, readProjection } from './vision/index.ts';

export interface EngineOptions {
  /** All state lies here; created where needed. */
  dataDir: string;
  /** Variables of DESIGN 7; default process.env. */
  env?: NodeJS.ProcessEnv;
  /** Settings that stand above the environment. */
  flags?: Record<string, string>;
  clock?: Clock;
  log?: Logger;
  /** How live sources reach the network; default the runtime's fetch. */
  fetch?: typeof fetch;
  /** For a process that lives long: takes up runs that an ended engine left behind, which are else marked as interrupted, and keeps the saved schedule. */
  resumeRuns?: boolean;
  /** Default true: outcomes that are due are settled at the start, in the background. */
  settlesAtStart?: boolean;
}

export interface Engine {
  router: EngineRouter;
  /** The contract, called in this process. */
  client: Client;
  /** As the contract's `importBars`, for the bytes of a file, which it does not carry. */
  importCsv: Market['importCsv'];
  /** Bars for scripts, theirs to change: up to the as-of; without one those that an analysis takes, for bundled samples up to their own clock. @throws as `Market.series` */
  series(ref: InstrumentRef, asOf?: AsOf): Promise<Series>;
  orchestrator: Orchestrator;
  /**
   * The language model of the settings, for agents of your own, loaded at first use. It is shared with the engine's own judging and closed with
   * it; ask anew where settings have changed since. No budget is set to what it is asked. Not part of the contract.
   * @throws LLM_MISSING (with the way to get one) and the others of `LlmHost.get`; CLOSING after `close`
   */
  languageModel(): Promise<Llm>;
  /** What the user must be told at the start: a damaged file set aside, a variable without effect. */
  notices: readonly string[];
  /** Loads what the first analysis needs, in small steps; a process that lives long does so by itself once its page has had time to come up. */
  warmUp(): Promise<void>;
  /** Cancels what runs, waits for it, and lets the data folder go. */
  close(): Promise<void>;
}

/**
 * Wires the rooms into one engine on one data folder.
 * @throws WRONG_NODE, DATA_DIR_BUSY, DATA_DIR_UNWRITABLE, BAD_SETTING, DATABASE_NEWER
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  requireNode24();
  const { dataDir, env = process.env, flags = {}, clock = systemClock, log = createLog(env) } = options;
  const root = packageRoot();
  const notices: string[] = [];
  const opened = createClosers();
  try {
    const folder = takeDataFolder(dataDir);
    opened.add(folder.release);
    const settings = openSettings(folder.file('settings.json'), env, flags);
    notices.push(...settings.notices());
    const journalFile = folder.file('journal.db');
    const journalDatabase = openJournal(journalFile, dataDir, notices);
    opened.add(() => void journalDatabase.close());
    const backingUp = keepBackup(folder.dir, clock.now()).catch((error) =>
      log.warn({ err: error }, 'no backup of the journal was taken'),
    );
    opened.add(() => backingUp);
    const cache = openCache(folder.file('cache.db'), log, notices);
    opened.add(() => void cache?.close());
    const journal = sayingFaults(
      createJournal(journalDatabase, (symbol) => market.newestHeld(symbol)),
      journalFile,
    );
    const watchlists = sayingFaults(createWatchlistStore(journalDatabase, BUNDLED_WATCHLISTS), journalFile);
    const runStore = createRunStore(journalDatabase);
    const unresumed = options.resumeRuns ? 'lost' : 'all';
    runStore.closeInterrupted(unresumed, new Date(clock.now()).toISOString(), journal.ofRun);
    const market = createMarket({
      cache,
      importsDir: folder.file('imports'),
      resourcesDir: path.join(root, 'resources'),
      clock,
      liveSource: () => liveOf(settings.values().LIVE_SOURCE),
      stooqKey: env.STOOQ_API_KEY,
      fetch: options.fetch,
      log,
    });
    const modelFile = path.join(root, 'models', 'convnext-tiny-gaf.onnx');
    const cardFile = path.join(root, 'models', 'model-card.json');
    const network = createNetwork(
      (device) => createConvnext({ modelFile, cardFile, device, cache }),
      () => settings.values().DEVICE,
    );
    opened.add(network.close);
    const heads = openTunedNetwork(network, folder.file('heads'), cardFile);
    const convnext: Network = Object.assign(heads.network, { state: network.state, close: network.close });
    const standIn = heads.store.problem();
    if (standIn) notices.push(standIn);
    const events = createEventLog(clock.now());
    opened.add(events.close);
    const common = {
      market,
      convnext,
      clock,
      engineVersion: engineVersion(),
      journal,
      runStore,
      watchlists,
      events,
      log,
    };
    const figures = createFigures(journalFile);
    opened.add(figures.close);
    const outcomes = createOutcomeStore(journalDatabase);
    const calibrations = createCalibrationStore(journalDatabase);
    const remembered = createMemory({
      database: journalDatabase,
      projection: once(readProjection),
      clock,
      onFault: (error) => log.error({ err: error }, 'memory'),
    });
    const { setups: memory, knowledge } = remembered;
    const together = <T>(work: () => T): T => journalDatabase.transaction(work)();
    const judging = { outcomes, calibrations, figures, memory, baseRates: createBaseRateBook(market) };
    const checkpointsDatabase = openCheckpoints(folder.file('checkpoints.db'), log);
    opened.add(() => void checkpointsDatabase?.close());
    const checkpoints = checkpointsDatabase && createCheckpoints(checkpointsDatabase);
    const sweep = () => checkpoints?.sweep(runStore.unfinished());
    sweep();
    opened.add(sweep);
    const graph = { ...common, memory, judging, knowledge };
    const analyzer = createAnalyzer(graph, checkpoints);
    const liveSource = () => liveOf(settings.values().LIVE_SOURCE);
    const settler = createSettler({ ...common, outcomes, memory, together, liveSource });
    opened.add(settler.close);
    const modelFiles = createModelFiles({
      ...{ dataDir: folder.dir, resourceDirs: modelFolders(), env, clock, log },
      onChanged: () => host.forget(),
    });
    opened.add(modelFiles.close);
    const host = createLanguageModel({ files: modelFiles, dir: folder.dir, log, env, settings: settings.values });
    opened.add(host.close);
    const memoryText = (query: { symbol: string; asOf: number }) =>
      remembered.records.getContext({ ...query, maxCharacters: 2000, forDecision: true });
    const language = createLanguageDesk({
      ...{ ...common, host, analyzer, outcomes, memory, together },
      settings: () => languageSettings(settings.values()),
      memoryText,
    });
    opened.add(language.close);
    const runs = createRuns({ ...common, analyzer, memory, together, settler, language, settings: settings.values });
    const replays = createReplays({
      ...{ ...common, judging, figures, outcomes, memory, knowledge, together, settings: settings.values },
      store: createReplayStore(journalDatabase),
      leakage: createLeakageStore(journalDatabase),
      language: { host, memoryText, asked: () => languageSettings(settings.values()) },
      convnextWith: heads.networkWith,
    });
    opened.add(replays.close);
    const finetune = createFinetune({
      ...{ ...common, network, heads, cardFile, cache },
      onKept: () => events.publish({ type: 'heads' }),
    });
    opened.add(finetune.close);
    const timing = timingOf(clock);
    const schedule = createSchedule({ ...common, runs, timing, store: createScheduleStore(journalDatabase) });
    opened.add(schedule.close);
    const orchestrator = createOrchestrator({
      ...{ market, runs, settler, journal, timing, together, memory: remembered, settings: settings.values },
      graph: { ...graph, settings: settings.values },
    });
    opened.add(runs.close);
    if (options.resumeRuns) {
      runs.resume();
      schedule.start();
    }
    const importCsv: Market['importCsv'] = async (input) => {
      const report = await market.importCsv(input);
      settler.soon({ symbol: report.symbol, sources: ['csv'] });
      return report;
    };
    const router = createRouter({
      ...common,
      memory: remembered,
      market: { ...market, importCsv },
      settler,
      figures,
      runs,
      schedule,
      adapt: orchestrator.router.adapt,
      replays,
      finetune,
      heads,
      modelFiles,
      tryLanguage: (online) => checkLanguageModel({ settings: settings.values(), env, files: modelFiles, online }),
      language,
      settings,
      notices,
      dataDir,
      modelFile,
      cardFile,
    });
    if (options.settlesAtStart ?? true) settler.soon({ sources: LOCAL_SOURCES });
    const warmUp = async () => {
      figures.warmUp();
      await analyzer.warmUp();
    };
    if (options.resumeRuns) {
      const idle = setTimeout(() => void warmUp().catch((error) => log.warn({ err: error }, 'warm-up')), WARM_UP_MS);
      idle.unref();
      opened.add(() => clearTimeout(idle));
    }
    return {
      router,
      client: createRouterClient(router, { context: {} }),
      importCsv,
      series: async (ref, asOf) => structuredClone(await seriesOf(market, ref, asOf)),
      orchestrator,
      languageModel: async () => lent(await host.get()),
      notices,
      warmUp,
      close: opened.closeAll,
    };
  } catch (error) {
    await opened.closeAll();
    throw error;
  }
}

const languageSettings = ({
  BLIND_MODE,
  USE_VISION,
  AGENT_TEMPERATURE,
  AGENT_MAX_TOKENS,
  LLM_BUDGET_SECONDS,
  LLM_BUDGET_TOKENS,
}: Settings) => ({
  blind: BLIND_MODE === 'on',
  vision: USE_VISION === 'true',
  temperature: AGENT_TEMPERATURE,
  maxTokens: Math.min(ANSWER_TOKENS, AGENT_MAX_TOKENS),
  budgetMs: 1000 * LLM_BUDGET_SECONDS,
  budgetTokens: LLM_BUDGET_TOKENS,
});

/** Tokens of an answer at most; a thesis with its evidence takes about 300. */
const ANSWER_TOKENS = 700;

/** After this long a page stands, and nobody waits for the engine, ms. */
const WARM_UP_MS = 5000;

/** What `make` gives, made when first asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const liveOf = (setting: Settings['LIVE_SOURCE']) => (setting === 'none' ? null : setting);
