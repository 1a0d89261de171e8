/** node-llama-cpp used directly, in a process of its own, for `bench llm`: the rates that our client is held against, on the very tokens it evaluates. */
import { getLlama, type LlamaContextSequence, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp';
import { createRender } from '../../electron/engine/llm/embedded/turns.ts';

export interface RawSetUp {
  file: string;
  threads: number;
  batch: number;
  contextTokens: number;
}
export interface RawTurn {
  prompt: string;
  generate: number;
}
export interface RawRates {
  promptTokensPerSecond: number;
  generatedTokensPerSecond: number;
}

async function turn(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  { prompt, generate }: RawTurn,
): Promise<RawRates> {
  const { tokens } = createRender(model)([{ role: 'user', content: prompt }]);
  await sequence.clearHistory();
  const started = performance.now();
  let first = 0;
  let count = 0;
  let text = '';
  for await (const token of sequence.evaluate(tokens, { temperature: 0 })) {
    if (count === 0) first = performance.now();
    text += model.detokenize([token]);
    if (++count === generate) break;
  }
  const ended = performance.now();
  if (text === '') throw new Error('nothing was generated');
  return {
    promptTokensPerSecond: (tokens.length / (first - started)) * 1000,
    generatedTokensPerSecond: ((count - 1) / (ended - first)) * 1000,
  };
}

process.once('message', async ({ file, threads, batch, contextTokens }: RawSetUp) => {
  const options = {
    gpu: false,
    build: 'never',
    maxThreads: 0,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
  } as const;
  const llama = await getLlama(options);
  const model = await llama.loadModel({ modelPath: file });
  const context = await model.createContext({ contextSize: contextTokens, threads, batchSize: batch });
  const sequence = context.getSequence();
  process.on('message', async (asked: RawTurn) => process.send!(await turn(model, sequence, asked)));
  process.send!('ready');
});
process.on('disconnect', () => process.exit());
