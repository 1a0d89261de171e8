import type { Client } from '../../../../shared/contract/index.ts';
import type { AnalyzeRequest } from '../../../../shared/domain/index.ts';
import type { Interval, Source } from '../../../../shared/domain/series.ts';
import type { Context } from '../context.ts';
import { wholeCsv } from '../csv-bytes.ts';
import { symbolOfFile } from '../csv-file.ts';
import { type CsvFlags, csvOptions, hasCsvFlags } from '../csv-flags.ts';
import { importAnalyzable } from '../import-analyzable.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Output } from '../output.ts';
import { checkAsOf, checkWindow } from '../parse.ts';
import { follow, refuse } from '../run-stream.ts';
import { withEngine } from '../with-engine.ts';

interface Options extends CsvFlags {
  watchlist?: string;
  interval?: Interval;
  window?: number;
  horizon?: number;
  asOf?: string;
  csv?: string;
  source?: Source;
  allowStale?: boolean;
  device?: string;
  resume?: boolean;
  llm: boolean;
}

/** Analyzes every symbol asked for; exit 1 where one failed or nothing was decided, 130 where it was interrupted. */
export async function run(context: Context, args: readonly string[], options: Options): Promise<number> {
  const { out } = context;
  if (options.resume) return resume(context, args, options);
  const source = await check(context, args, options);
  const content = options.csv === undefined ? undefined : await wholeCsv(options.csv);
  const names = options.csv !== undefined && args.length === 0 ? [symbolOfFile(options.csv)] : args;
  const { symbols, refused } = refuse(names, out);
  if (symbols.length === 0 && options.watchlist === undefined) return 1;

  let stop = () => {};
  const interrupt = onInterrupt(() => stop());
  try {
    return await withEngine(context.dataDir, options.device ? { DEVICE: options.device } : {}, async (engine) => {
      const { client } = engine;
      let { interval } = options;
      if (content !== undefined) {
        const { csv, asOf, window: windowBars } = options;
        const told = csvOptions(options);
        const file = { symbol: symbols[0]!, file: csv!, content, interval, options: told, asOf, windowBars };
        interval = await importAnalyzable(engine, file, out);
      }
      const settings = await client.settings.get();
      const settingOf = (wanted: string) => settings.find(({ name }) => name === wanted)?.value;
      if (options.llm && settingOf('LLM_BACKEND') !== 'none') await tellOfModel(client, out);
      const request: AnalyzeRequest = {
        symbols: symbols.map((symbol) => ({ symbol, source, interval })),
        watchlist: options.watchlist,
        interval,
        asOf: options.asOf,
        windowBars: options.window,
        horizonBars: options.horizon,
        allowStale: options.allowStale,
        language: options.llm ? 'wait' : 'off',
      };
      const stream = follow(client, request, out, refused, String(settingOf('DEVICE') ?? 'auto'));
      stop = stream.cancel;
      if (interrupt.requested) stop();
      return await stream.result;
    });
  } finally {
    interrupt.release();
  }
}

/** How the language model stands, and what it may take for a symbol where that was measured. */
async function tellOfModel(client: Client, out: Output): Promise<void> {
  const { languageModel, languageQueue } = await client.system.snapshot();
  out.note(languageModel);
  const { available, meanMs } = languageQueue;
  if (available && meanMs !== null)
    out.note(`The language model takes about ${Math.max(1, Math.round(meanMs / 1000))} s a symbol, as measured.`);
}

/** Goes on with the newest interrupted run of the data folder, with the symbols, clock and settings it was begun with. */
async function resume(context: Context, args: readonly string[], { device, ...options }: Options): Promise<number> {
  const { watchlist, interval, window, horizon, asOf, csv, source, allowStale } = options;
  const named = [watchlist, interval, window, horizon, asOf, csv, source, allowStale];
  if (args.length > 0 || named.some((value) => value !== undefined))
    context.usage('--resume goes on with a run as it was begun; name nothing else.');
  let stop = () => {};
  const interrupt = onInterrupt(() => stop());
  try {
    return await withEngine(context.dataDir, device ? { DEVICE: device } : {}, async ({ client }) => {
      const stream = follow(client, 'resume', context.out, 0);
      stop = stream.cancel;
      if (interrupt.requested) stop();
      return await stream.result;
    });
  } finally {
    interrupt.release();
  }
}

/** Everything that can be refused before the engine opens. */
async function check(context: Context, args: readonly string[], options: Options): Promise<Source | undefined> {
  if (options.csv !== undefined && (args.length > 1 || options.watchlist !== undefined)) {
    context.usage('--csv holds the bars of one symbol; name exactly one.');
  }
  if (args.length === 0 && options.watchlist === undefined && options.csv === undefined) {
    context.usage('name symbols, or a list with --watchlist, or a file with --csv.');
  }
  if (options.csv === undefined && hasCsvFlags(options)) {
    context.usage('the flags of a CSV file (--columns, --timezone and the like) go with --csv.');
  }
  csvOptions(options);
  checkWindow(options.window);
  await checkAsOf(options.asOf);
  if (options.source === 'csv' || options.csv === undefined) return options.source ?? undefined;
  if (options.source !== undefined) context.usage('--csv and --source contradict each other.');
  return 'csv';
}
