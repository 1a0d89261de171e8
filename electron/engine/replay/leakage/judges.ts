import type { LeakageRequest, LeakageResult } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { contentHash, type DecisionContent, leanOf } from '../../decision/index.ts';
import { type Llm, type LlmHost, withinBudget } from '../../llm/index.ts';
import type { Series } from '../../market/index.ts';
import { NO_CONTEXT } from '../../memory/index.ts';
import { type AnalyzeSettings, createLanguageJudge, type LanguageAsked } from '../../orchestrator/index.ts';
import type { HeadedConvnext } from '../../vision/index.ts';
import { decideShown, type ShownDeps } from './decide-shown.ts';
import type { Judged } from './measure.ts';
import { readAs } from './read-as.ts';
import type { Variant } from './variants.ts';

/** The language model that is in use, and how it is asked. */
export interface TestedLanguage {
  host: LlmHost;
  asked(): LanguageAsked & { budgetMs: number; budgetTokens: number };
}

export interface JudgesDeps extends ShownDeps {
  language: TestedLanguage;
}

/** A judge under test. */
export interface TestedJudge {
  name: LeakageRequest['judge'];
  /** As a sentence names it. */
  who: string;
  language?: NonNullable<LeakageResult['language']>;
  /** All that its answers rest on besides the bars. */
  basis: unknown;
  /** What it makes of a window of a symbol; @throws as analyzing, and what the language model throws */
  judge(shown: Series, variant: Variant | 'shown', symbol: string, signal: AbortSignal): Promise<Omit<Judged, 'won'>>;
}

type Sight = { network: HeadedConvnext; settings: AnalyzeSettings };

/** @throws LLM_MISSING and the others of a model that cannot be had */
export async function judgeUnderTest(
  deps: JudgesDeps,
  name: LeakageRequest['judge'],
  sight: Sight,
): Promise<TestedJudge> {
  return name === 'numeric' ? numericJudge(deps, sight) : languageJudge(deps, sight, await deps.language.host.get());
}

function numericJudge(deps: ShownDeps, { network, settings }: Sight): TestedJudge {
  return {
    ...{ name: 'numeric', who: 'the numeric judge', basis: null },
    async judge(shown, _variant, symbol, signal) {
      const content = await decideShown(deps, readAs(network, symbol), shown, { settings, signal });
      return { action: content.action, side: sideOf(content, content.action) };
    },
  };
}

/**
 * The model's own word, before doubt or the other judge make a hold of it: a gate would hide what it knows. Symbol, dates and price level
 * are shown but for the hidden variant, which is asked as blind mode asks.
 */
function languageJudge(deps: JudgesDeps, { network, settings }: Sight, llm: Llm): TestedJudge {
  const { budgetMs: ms, budgetTokens: tokens, ...asked } = deps.language.asked();
  const language = identityOf(llm, asked);
  return {
    ...{ name: 'language', who: `the language model ${language.name}`, language },
    basis: { ...language, temperature: asked.temperature, maxTokens: asked.maxTokens, vision: asked.vision },
    async judge(shown, variant, symbol, signal) {
      const reader = readAs(network, symbol);
      const numeric = await decideShown(deps, reader, shown, { settings, signal });
      const rest = {
        numeric: { ...numeric, ...UNSTORED, contentHash: contentHash(numeric) },
        records: { numeric: null, language: null },
        memoryText: async () => NO_CONTEXT,
      };
      const content = await withinBudget(llm, { symbol, ms, tokens }, signal, (within, until) => {
        const judge = createLanguageJudge(within, { ...asked, blind: variant === 'hidden' });
        return decideShown(deps, reader, shown, { settings, signal: until, language: { judge, ...rest } });
      });
      return { action: content.proposed, side: sideOf(content, content.proposed) };
    },
  };
}

const UNSTORED = {
  id: 'd-00000000-0000-4000-8000-000000000000',
  runId: 'r-00000000-0000-4000-8000-000000000000',
  createdAt: '',
};

const sideOf = (content: DecisionContent, action: DecisionContent['action']) =>
  leanOf({ ...content, action, trendScore: content.features.trend_score }).side;

function identityOf(llm: Llm, asked: LanguageAsked): NonNullable<LeakageResult['language']> {
  const { research, reasoning } = createLanguageJudge(llm, asked);
  const doubt = llm.info.tokenProbabilities ? reasoning.prompt : reasoning.statedPrompt;
  const prompts = [research.prompt, doubt, ...(asked.vision ? [research.picturePrompt] : [])];
  return {
    name: llm.info.name,
    sha256: llm.info.sha256,
    prompts: Object.fromEntries(prompts.map(({ name, hash }) => [name, hash])),
    promptVersions: Object.fromEntries(prompts.map(({ name, version }) => [name, version])),
  };
}

/** What says of one window that it cannot be judged, and nothing of the next. */
const OF_ONE_WINDOW: ReadonlySet<string> = new Set(['LLM_ANSWER_BAD', 'LLM_TOO_LONG']);

/** Why a window is left out; null for what ends the test. */
export function leftOutFor(error: unknown): 'refused' | 'over budget' | null {
  if (!(error instanceof BrainnetError)) return null;
  if (error.code === 'LLM_OVER_BUDGET') return 'over budget';
  return error.code.startsWith('TOO_') || OF_ONE_WINDOW.has(error.code) ? 'refused' : null;
}
