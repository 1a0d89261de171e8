import { implement } from '@orpc/server';
import type { CallContext } from '../../shared/contract/call-context.ts';
import { contract } from '../../shared/contract/index.ts';
import { LOCAL_SOURCES, type RunState, withLeakage } from '../../shared/domain/index.ts';
import type { Figures, JournalReader } from './decision/index.ts';
import { runDoctor } from './doctor.ts';
import { requireKnown } from './known-symbol.ts';
import { type checkLanguageModel, type ModelFiles, serverAddress } from './llm/index.ts';
import { type Market, previewCsv, type WatchlistStore } from './market/index.ts';
import type { Memory } from './memory/index.ts';
import { createMemoryView } from './memory-view.ts';
import type { Network } from './network.ts';
import {
  type AgentRouter,
  type EventLog,
  type LanguageDesk,
  type Runs,
  type Schedule,
  type Settler,
  streamResumed,
  streamRun,
} from './orchestrator/index.ts';
import type { Clock, Logger, SettingsStore } from './platform/index.ts';
import type { Replays } from './replay/index.ts';
import { requireHere } from './require-here.ts';
import { orpcError, withPlainErrors } from './router-errors.ts';
import { saliencyView } from './saliency-view.ts';
import { fieldView, readingView, seriesView, watchlistRows } from './views.ts';
import {
  createSaliencyMemory,
  type Finetune,
  governing,
  readModelInfo,
  type TunedNetwork,
  tunedInfo,
} from './vision/index.ts';

export interface RouterDeps {
  market: Market;
  clock: Clock;
  convnext: Network;
  finetune: Finetune;
  heads: Pick<TunedNetwork, 'store' | 'aliases'>;
  modelFiles: ModelFiles;
  tryLanguage(online: boolean): ReturnType<typeof checkLanguageModel>;
  language: Pick<LanguageDesk, 'sentence' | 'queue' | 'cancel' | 'announce'>;
  journal: JournalReader;
  memory: Memory;
  watchlists: WatchlistStore;
  runs: Runs;
  schedule: Schedule;
  adapt: AgentRouter['adapt'];
  replays: Replays;
  settler: Settler;
  figures: Pick<Figures, 'scorecard'>;
  events: EventLog;
  settings: SettingsStore;
  notices: readonly string[];
  engineVersion: string;
  dataDir: string;
  modelFile: string;
  cardFile: string;
  log: Logger;
}

export type EngineRouter = ReturnType<typeof createRouter>;

/** The contract, implemented by the rooms: input and output are parsed by it, and every error leaves as plain data. */
export function createRouter(deps: RouterDeps) {
  const { market, runs, replays, settler, finetune, modelFiles, journal, watchlists, events, settings } = deps;
  const { store: heads, aliases } = deps.heads;
  const saliencyOf = createSaliencyMemory();
  const memory = createMemoryView(deps.memory, deps.clock, () => events.publish({ type: 'memory' }));
  const os = implement(contract)
    .$context<CallContext>()
    .use(async ({ next }) => {
      try {
        return await next();
      } catch (error) {
        throw orpcError(error, deps.log);
      }
    });
  /** A window without a length has the length of the settings. */
  const windowed = <T extends { windowBars?: number | undefined }>(input: T) => ({
    ...input,
    windowBars: input.windowBars ?? settings.values().WINDOW_BARS,
  });
  const announce = <T>(type: 'watchlists' | 'instruments' | 'settings' | 'heads', result: T): T => {
    events.publish({ type });
    return result;
  };
  /** Tells of the language model anew once the work on its files has ended. */
  const announceAfter = async <T>(work: T | Promise<T>): Promise<T> => {
    const begun = await work;
    const ended = async () => {
      for await (const _job of modelFiles.follow());
      deps.language.announce();
    };
    ended().catch(() => {});
    return begun;
  };
  return os.router({
    market: {
      instruments: os.market.instruments.handler(() => market.instruments()),
      series: os.market.series.handler(async ({ input }) => {
        const series = await market.series(input, input.asOf);
        settler.arrived(series);
        return seriesView(series);
      }),
      search: os.market.search.handler(({ input }) => market.search(input.query, input.remote)),
      watchlists: os.market.watchlists.handler(() => watchlists.list()),
      saveWatchlist: os.market.saveWatchlist.handler(({ input }) => announce('watchlists', watchlists.save(input))),
      createWatchlist: os.market.createWatchlist.handler(({ input }) =>
        announce('watchlists', watchlists.create(input)),
      ),
      renameWatchlist: os.market.renameWatchlist.handler(({ input }) =>
        announce('watchlists', watchlists.rename(input.name, input.to)),
      ),
      addToWatchlist: os.market.addToWatchlist.handler(({ input }) =>
        announce('watchlists', watchlists.addItems(input.name, input.items, input.at)),
      ),
      removeFromWatchlist: os.market.removeFromWatchlist.handler(({ input }) =>
        announce('watchlists', watchlists.removeItems(input.name, input.items)),
      ),
      removeWatchlist: os.market.removeWatchlist.handler(({ input }) =>
        announce('watchlists', watchlists.remove(input.name)),
      ),
      restoreSamples: os.market.restoreSamples.handler(() => announce('watchlists', watchlists.restore())),
      rows: os.market.rows.handler(({ input }) => watchlistRows(market, journal, watchlists.get(input.name), input)),
      importBars: os.market.importBars.handler(async ({ input }) =>
        announce('instruments', await market.importCsv(input)),
      ),
      previewCsv: os.market.previewCsv.handler(({ input }) => previewCsv(input, deps.clock.now())),
    },
    analysis: {
      start: os.analysis.start.handler(({ input }) => ({ runId: runs.start(input).id })),
      cancel: os.analysis.cancel.handler(({ input }) => ({ cancelled: runs.cancel(input.runId) })),
      cancelLanguage: os.analysis.cancelLanguage.handler(() => ({ cancelled: deps.language.cancel() })),
      run: os.analysis.run.handler(({ input, signal }) => withPlainErrors(streamRun(runs, input, signal), deps.log)),
      resume: os.analysis.resume.handler(({ signal }) => withPlainErrors(streamResumed(runs, signal), deps.log)),
      adapt: os.analysis.adapt.handler(({ input, signal }) => deps.adapt(input, { signal })),
      runs: os.analysis.runs.handler((): RunState[] => runs.list()),
      field: os.analysis.field.handler(({ input }) => fieldView(market, windowed(input))),
      reading: os.analysis.reading.handler(({ input }) =>
        readingView(market, deps.convnext, heads.problem(), windowed(input)),
      ),
      saliency: os.analysis.saliency.handler(({ input, signal }) =>
        saliencyView(market, deps.convnext, saliencyOf, windowed(input), signal),
      ),
    },
    decisions: {
      list: os.decisions.list.handler(({ input }) => journal.list(input)),
      get: os.decisions.get.handler(({ input }) => journal.get(input.id)),
      outcome: os.decisions.outcome.handler(({ input }) => settler.stateOf(journal.get(input.id))),
      outcomes: os.decisions.outcomes.handler(({ input }) => settler.statesOf(input.ids)),
      settle: os.decisions.settle.handler(async ({ input: { symbol, online }, signal }) => {
        if (symbol !== undefined) await requireKnown(deps, symbol);
        return settler.settle({ symbol, ...(online ? {} : { sources: LOCAL_SOURCES }) }, signal);
      }),
      scorecard: os.decisions.scorecard.handler(async ({ input }) =>
        withLeakage(await deps.figures.scorecard(input), deps.replays.leakageTests()),
      ),
    },
    memory: {
      add: os.memory.add.handler(({ input }) => memory.add(input)),
      search: os.memory.search.handler(({ input }) => memory.search(input)),
      context: os.memory.context.handler(({ input }) => memory.context(input)),
      withdraw: os.memory.withdraw.handler(({ input }) => memory.withdraw(input.id)),
      restore: os.memory.restore.handler(({ input }) => memory.restore(input.id)),
      prune: os.memory.prune.handler(({ input }) => memory.prune(input)),
      export: os.memory.export.handler(({ input }) => memory.page(input.after)),
      import: os.memory.import.handler(({ input }) => memory.importLines(input.content)),
      state: os.memory.state.handler(() => memory.state()),
      knowledge: {
        patterns: os.memory.knowledge.patterns.handler(({ input }) => memory.patterns(input.asOf)),
        addPattern: os.memory.knowledge.addPattern.handler(({ input }) => memory.addPattern(input)),
        logOutcome: os.memory.knowledge.logOutcome.handler(({ input }) => memory.logOutcome(input)),
        amendOutcome: os.memory.knowledge.amendOutcome.handler(({ input }) =>
          memory.amendOutcome(input.id, input.trade),
        ),
        trades: os.memory.knowledge.trades.handler(({ input }) => memory.trades(input.asOf)),
        regimes: os.memory.knowledge.regimes.handler(({ input }) => memory.regimes(input.asOf)),
        strategies: os.memory.knowledge.strategies.handler(({ input }) => memory.strategies(input.asOf)),
      },
    },
    models: {
      convnext: os.models.convnext.handler(({ input }) =>
        tunedInfo(
          readModelInfo(deps.cardFile, deps.modelFile),
          input ? governing(heads.inForce(), input, aliases) : null,
        ),
      ),
      network: os.models.network.handler(() => deps.convnext.state()),
      finetune: {
        start: os.models.finetune.start.handler(({ input }) => finetune.start(input)),
        cancel: os.models.finetune.cancel.handler(() => ({ cancelled: finetune.cancel() })),
        state: os.models.finetune.state.handler(() => finetune.state()),
        follow: os.models.finetune.follow.handler(({ signal }) => withPlainErrors(finetune.follow(signal), deps.log)),
      },
      heads: {
        list: os.models.heads.list.handler(() => heads.list()),
        use: os.models.heads.use.handler(({ input }) => announce('heads', heads.use(input.id))),
        rollback: os.models.heads.rollback.handler(() => announce('heads', heads.rollback())),
      },
      tryLanguage: os.models.tryLanguage.handler(({ input }) => deps.tryLanguage(input.online)),
      files: {
        list: os.models.files.list.handler(() => modelFiles.list()),
        download: os.models.files.download.handler(() => announceAfter(modelFiles.download())),
        follow: os.models.files.follow.handler(({ signal }) => withPlainErrors(modelFiles.follow(signal), deps.log)),
        pause: os.models.files.pause.handler(async () => ({ paused: await modelFiles.pause() })),
        cancel: os.models.files.cancel.handler(async () => ({ cancelled: await modelFiles.cancel() })),
        verify: os.models.files.verify.handler(() => announceAfter(modelFiles.verify())),
        use: os.models.files.use.handler(({ input, context }) => {
          if (input.path !== null) requireHere(context);
          return announceAfter(modelFiles.use(input.path));
        }),
        remove: os.models.files.remove.handler(() => announceAfter(modelFiles.remove())),
      },
    },
    replay: {
      estimate: os.replay.estimate.handler(({ input }) => replays.estimate(input)),
      start: os.replay.start.handler(({ input, signal }) => withPlainErrors(replays.start(input, signal), deps.log)),
      follow: os.replay.follow.handler(({ input, signal }) =>
        withPlainErrors(replays.follow(input.id, signal), deps.log),
      ),
      list: os.replay.list.handler(() => replays.list()),
      cancel: os.replay.cancel.handler(({ input }) => ({ cancelled: replays.cancel(input.id) })),
      remove: os.replay.remove.handler(async ({ input }) => ({
        decisions: await replays.remove(input.id, input.force),
      })),
      decision: os.replay.decision.handler(({ input, signal }) =>
        replays.reproduce(input.id, input.regenerate, signal),
      ),
      leakage: os.replay.leakage.handler(({ input, signal }) =>
        withPlainErrors(replays.testLeakage(input, signal), deps.log),
      ),
      leakageEstimate: os.replay.leakageEstimate.handler(({ input }) => replays.estimateLeakage(input)),
      leakageTests: os.replay.leakageTests.handler(() => replays.leakageTests()),
    },
    schedule: {
      get: os.schedule.get.handler(() => deps.schedule.state()),
      set: os.schedule.set.handler(({ input }) => deps.schedule.set(input)),
    },
    settings: {
      get: os.settings.get.handler(() => settings.view()),
      set: os.settings.set.handler(({ input }) => {
        if (input.name === 'OLLAMA_BASE_URL' && input.value !== '') serverAddress(`${input.value}`);
        settings.set(input.name, input.value);
        deps.language.announce();
        return announce('settings', settings.view());
      }),
    },
    system: {
      snapshot: os.system.snapshot.handler(() => ({
        seq: events.seq,
        version: deps.engineVersion,
        notices: [...deps.notices],
        decisions: journal.count(),
        runs: runs.list(),
        settings: settings.view(),
        languageModel: deps.language.sentence(),
        languageQueue: deps.language.queue(),
      })),
      events: os.system.events.handler(({ input, signal }) =>
        withPlainErrors(events.follow(input.after, signal), deps.log),
      ),
      doctor: os.system.doctor.handler(() => runDoctor({ dataDir: deps.dataDir, engineRunsHere: true })),
    },
  });
}
