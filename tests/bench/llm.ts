import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmbeddedLlm, type EmbeddedLlm } from '../../electron/engine/llm/embedded/index.ts';
import { packageRoot } from '../../electron/engine/platform/index.ts';
import { tinyModelFile } from '../support/tiny-model/index.ts';
import type { RawRates, RawSetUp, RawTurn } from './llm-raw-child.ts';
import { machine, median, rounded } from './machine.ts';

const ROUNDS = 16;
const GENERATED = 64;
const CONTEXT_TOKENS = 2048;
/** Instead of the threads that the measurement chooses: on all cores of a shared machine decoding waits for the slowest of them, and rates scatter. */
const THREADS = Number(process.env.LLM_BENCH_THREADS ?? 0);
const TOGETHER = ['ACME', 'ZETA', 'IOTA', 'BETA'];

/**
 * Prompt and generated tokens a second of our client, as its caller sees them, beside node-llama-cpp called directly in a process of its own:
 * the same file, tokens, threads and batch, no GPU, in turns. Each prompt begins anew, so that nothing is reused. Then 4 symbols
 * together against one after another. LLM_BENCH_FILE names another GGUF file,
 * LLM_BENCH_THREADS another count of threads.
 */
export async function benchLlm(): Promise<object> {
  const file = modelFile();
  const dir = mkdtempSync(path.join(os.tmpdir(), 'brainnet-bench-llm-'));
  const common = { file, sha256: null, gpu: false, contextTokens: CONTEXT_TOKENS } as const;
  const measured = await createEmbeddedLlm({ ...common, dir, quiet: () => false });
  const tuning = { ...measured.tuning(), ...(THREADS > 0 && { threads: THREADS }) };
  await measured.close();

  const ours = await createEmbeddedLlm({ ...common, dir: null, tuning: { ...tuning, lanes: 1 } });
  const raw = await startRaw({ file, threads: tuning.threads, batch: tuning.batch, contextTokens: CONTEXT_TOKENS });
  const rates = { ours: [] as RawRates[], raw: [] as RawRates[] };
  for (let round = -1; round < ROUNDS; round++) {
    const turns = {
      raw: () => raw.turn({ prompt: prompt(round), generate: GENERATED }),
      ours: () => ourTurn(ours, round),
    };
    for (const side of round % 2 === 0 ? (['raw', 'ours'] as const) : (['ours', 'raw'] as const)) {
      const turn = await turns[side]();
      if (round >= 0) rates[side].push(turn);
    }
  }
  raw.end();
  await ours.close();
  const together = await gainTogether(common, tuning);
  return {
    what: `${path.basename(file)} through our client and through node-llama-cpp directly, CPU`,
    prompt: compared(rates, 'promptTokensPerSecond'),
    generation: compared(rates, 'generatedTokensPerSecond'),
    together: {
      ...together,
      inMeasurement: tuning.togetherGain && rounded(tuning.togetherGain),
      used: tuning.lanes > 1,
    },
    tuning: { threads: tuning.threads, batch: tuning.batch },
    goal: { ratioToRaw: 'at least 0.95' },
    method: `medians of ${ROUNDS} turns each on the same tokens, in pairs whose order alternates, after one to warm up; ratioToRaw is the median of the pairs' ratios, ratioOfBest that of the fastest turns`,
    machine: machine(),
  };
}

function modelFile(): string {
  const named = process.env.LLM_BENCH_FILE;
  if (named) return named;
  const small = path.join(packageRoot(), '..', 'shared', 'models', 'SmolLM2-135M-Instruct.Q4_1.gguf');
  return existsSync(small) ? small : tinyModelFile();
}

const prompt = (round: number) =>
  `${round} is the number of this tale. ${'Prices went up and down, and the window of bars was read again. '.repeat(12)} Tell a very long tale of it.`;

async function ourTurn(llm: EmbeddedLlm, round: number): Promise<RawRates> {
  const started = performance.now();
  let first = 0;
  const onToken = () => {
    first ||= performance.now();
  };
  const messages = [{ role: 'user', content: prompt(round) }] as const;
  const { usage } = await llm.generate(messages, { maxTokens: GENERATED, temperature: 0, onToken });
  const ended = performance.now();
  return {
    promptTokensPerSecond: (usage.evaluatedTokens / (first - started)) * 1000,
    generatedTokensPerSecond: ((usage.generatedTokens - 1) / (ended - first)) * 1000,
  };
}

async function startRaw(setUp: RawSetUp) {
  const child = fork(fileURLToPath(new URL('./llm-raw-child.ts', import.meta.url)), [], { execArgv: [] });
  child.send(setUp);
  await once(child, 'message');
  return {
    async turn(turn: RawTurn): Promise<RawRates> {
      child.send(turn);
      const [rates] = await once(child, 'message');
      return rates;
    },
    end: () => child.disconnect(),
  };
}

type Common = Omit<Parameters<typeof createEmbeddedLlm>[0], 'dir'>;

/** Generated tokens a second of 4 requests at once over those of one after another. */
async function gainTogether(common: Common, tuning: ReturnType<EmbeddedLlm['tuning']>) {
  const llm = await createEmbeddedLlm({ ...common, dir: null, tuning: { ...tuning, lanes: TOGETHER.length } });
  const ask = (symbol: string) =>
    llm.generate([{ role: 'user', content: `Tell a very long tale of ${symbol}.` }], {
      maxTokens: GENERATED,
      temperature: 0,
    });
  await ask('warmth');
  const one = await rateOf(async () => {
    const answers = [];
    for (const symbol of TOGETHER) answers.push(await ask(symbol));
    return answers;
  });
  const all = await rateOf(() => Promise.all(TOGETHER.map(ask)));
  await llm.close();
  return { oneAfterAnother: rounded(one), fourTogether: rounded(all), gain: rounded(all / one) };
}

async function rateOf(work: () => Promise<{ usage: { generatedTokens: number } }[]>): Promise<number> {
  const started = performance.now();
  const answers = await work();
  const tokens = answers.reduce((sum, { usage }) => sum + usage.generatedTokens, 0);
  return (tokens / (performance.now() - started)) * 1000;
}

function compared(rates: { ours: RawRates[]; raw: RawRates[] }, name: keyof RawRates): object {
  const ours = median(rates.ours.map((rate) => rate[name]));
  const raw = median(rates.raw.map((rate) => rate[name]));
  const ratios = rates.ours.map((rate, round) => rate[name] / rates.raw[round]![name]).sort((a, b) => a - b);
  const quarter = ratios.length >> 2;
  const best = (side: readonly RawRates[]) => Math.max(...side.map((rate) => rate[name]));
  return {
    tokensPerSecond: rounded(ours),
    rawTokensPerSecond: rounded(raw),
    ratioToRaw: rounded(median(ratios)),
    middleHalf: [rounded(ratios[quarter]!), rounded(ratios.at(-1 - quarter)!)],
    ratioOfBest: rounded(best(rates.ours) / best(rates.raw)),
  };
}
