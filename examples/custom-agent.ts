import { z } from 'zod';
import { BaseAgent, type Llm } from '../electron/engine/index.ts';

const Sentiment = z.object({ sentiment: z.enum(['positive', 'neutral', 'negative']), reason: z.string().max(200) });

/** How headlines sound. They are quoted as data: whatever they say, they cannot change the question. */
export class SentimentAgent extends BaseAgent {
  analyze(headlines: readonly string[]) {
    return this.ask({ task: 'What is the mood of these headlines?', data: { headlines }, schema: Sentiment });
  }
}

export const moodOf = (llm: Llm, headlines: readonly string[]) => new SentimentAgent(llm).analyze(headlines);
