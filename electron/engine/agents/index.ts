export { type AskOptions, BaseAgent, type Question } from './language/base-agent.ts';
export { type EvidencePack, packEvidence } from './language/evidence-pack.ts';
export { fillPrompt, type PromptFile, quoted, type Remembered, readPrompt } from './language/prompt-file.ts';
export { type Beside, checkNumbers, numbersIn } from './language/quoted-numbers.ts';
export { type Claim, type Doubt, ReasoningAgent } from './language/reasoning-agent.ts';
export { type PictureUse, type Research, ResearchAgent, ResearchAnswer } from './language/research-agent.ts';
export { judgeNumerically, type NumericInput, type NumericOpinion } from './numeric-judge.ts';
