import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';
import { loadLangGraph } from './load.ts';
import type { Matter } from './matter.ts';
import { finalize, isDoubtful, reasoning, refine, research } from './nodes.ts';
import type { AnalysisState } from './state.ts';

/** The workflow research -> reasoning -> (doubtful, and a round left) refine -> research ... -> finalize. LangGraph is loaded here, at first use. */
export async function buildGraph(checkpointer?: BaseCheckpointSaver) {
  const { Annotation, END, START, StateGraph } = await loadLangGraph();
  const channels = Annotation.Root({
    symbol: Annotation<AnalysisState['symbol']>(),
    windowHash: Annotation<AnalysisState['windowHash']>(),
    embedding: Annotation<AnalysisState['embedding']>(),
    looks: Annotation<AnalysisState['looks']>(),
    added: Annotation<AnalysisState['added']>(),
    rounds: Annotation<AnalysisState['rounds']>(),
    words: Annotation<AnalysisState['words']>(),
    missing: Annotation<AnalysisState['missing']>(),
    notes: Annotation<AnalysisState['notes']>(),
    refinements: Annotation<AnalysisState['refinements']>(),
    memoryIds: Annotation<AnalysisState['memoryIds']>(),
    content: Annotation<AnalysisState['content']>(),
  });
  const matterOf = (runtime: { context?: unknown }) => (runtime.context as { matter: Matter }).matter;
  return new StateGraph(channels)
    .addNode('research', (state, runtime) => research(state, matterOf(runtime)))
    .addNode('reasoning', (state, runtime) => reasoning(state, matterOf(runtime)))
    .addNode('refine', (state, runtime) => refine(state, matterOf(runtime)))
    .addNode('finalize', (state, runtime) => finalize(state, matterOf(runtime)))
    .addEdge(START, 'research')
    .addEdge('research', 'reasoning')
    .addConditionalEdges(
      'reasoning',
      (state, runtime) => (isDoubtful(state, matterOf(runtime)) ? 'refine' : 'finalize'),
      ['refine', 'finalize'],
    )
    .addEdge('refine', 'research')
    .addEdge('finalize', END)
    .compile(checkpointer ? { checkpointer } : {});
}

export type AnalysisGraph = Awaited<ReturnType<typeof buildGraph>>;
