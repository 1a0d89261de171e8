/** An agent of your own, run by the language model of the settings: `node examples/custom-agent.ts "A headline" "Another"`. */
import { z } from 'zod';
import { BaseAgent, createEngine, defaultDataDir } from '../electron/engine/index.ts';

const Mood = z.object({ sentiment: z.enum(['positive', 'neutral', 'negative']), reason: z.string().max(200) });

/** How headlines sound. They are quoted as data: whatever they say, they cannot change the question. */
export class SentimentAgent extends BaseAgent {
  analyze(headlines: readonly string[]) {
    return this.ask({ task: 'What is the mood of these headlines?', data: { headlines }, schema: Mood });
  }
}

async function main(headlines: readonly string[]) {
  const engine = await createEngine({ dataDir: process.env.BRAINNET_DATA_DIR || defaultDataDir() });
  try {
    const agent = new SentimentAgent(await engine.languageModel());
    const { sentiment, reason } = await agent.analyze(headlines);
    console.log(`${sentiment}: ${reason}`);
  } finally {
    await engine.close();
  }
}

if (import.meta.main) {
  const named = process.argv.slice(2);
  await main(named.length > 0 ? named : ['Shares rise on strong results', 'Regulator opens an inquiry']).catch(
    (error) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
}
