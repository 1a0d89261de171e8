import type { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
import { BrainnetError } from '../../../shared/errors.ts';
import type { DecisionContent } from '../decision/index.ts';
import { canonicalJson, sha256 } from '../platform/index.ts';
import { type Checkpoints, threadOf } from './checkpoints.ts';
import { type AnalysisGraph, buildGraph } from './graph/build.ts';
import { type AnalyzeTask, createMatter, type GraphDeps, type Matter } from './graph/matter.ts';
import { type AnalysisState, emptyState, fromBase64 } from './graph/state.ts';

/** What an analysis comes to, not yet stored. */
export interface Analysis {
  content: DecisionContent;
  /** The network's 768-d feature of the window. */
  embedding: Float32Array;
}

export interface Analyzer {
  /**
   * One analysis of one symbol up to its as-of. The same bars, settings, model and memory give the same content. With an `analysis` (a name
   * for it) each node's result is kept, and one that was cut short goes on behind its last node, on the very same bars and weights.
   * @throws TOO_FEW_BARS, TOO_MANY_BAD_BARS, STALE_BARS, WINDOW_NOT_READ, CANCELLED, and what market and network throw
   */
  analyze(task: AnalyzeTask, analysis?: string): Promise<Analysis>;
  /** Loads what the first analysis needs, so that it need not wait for it. */
  warmUp(): Promise<void>;
  /** Lets go what was kept of an analysis. */
  forget(analysis: string): void;
}

/** @param checkpoints null: an analysis that was cut short begins anew */
export function createAnalyzer(deps: GraphDeps, checkpoints: Checkpoints | null): Analyzer {
  let plain: Promise<AnalysisGraph> | null = null;
  let keeping: Promise<AnalysisGraph> | null = null;
  const plainGraph = () => {
    plain ??= buildGraph();
    return plain;
  };
  const keepingGraph = ({ saver }: Checkpoints) => {
    keeping ??= saver().then((saver: SqliteSaver) => buildGraph(saver));
    return keeping;
  };
  return {
    async analyze(task, analysis) {
      const matter = createMatter(deps, task);
      const empty = emptyState(task.ref.symbol);
      if (analysis === undefined || !checkpoints) {
        return finished(await invokeGraph(await plainGraph(), empty, matter));
      }
      const graph = await keepingGraph(checkpoints);
      const thread = threadOf(analysis, await fingerprint(matter));
      const begun = checkpoints.has(thread) ? await stateOf(graph, thread) : null;
      return finished(begun?.content ? begun : await invokeGraph(graph, begun ? null : empty, matter, thread));
    },
    async warmUp() {
      await (checkpoints ? keepingGraph(checkpoints) : plainGraph());
    },
    forget: (analysis) => checkpoints?.forget(analysis),
  };
}

/** What the results of nodes rest on besides the settings of a run: bars, weights and program. */
async function fingerprint(matter: Matter): Promise<string> {
  const { picture, convnext } = await matter.case();
  const { modelHash, referenceHash, heads } = convnext;
  const basis = [matter.deps.engineVersion, picture.window.hash, modelHash, referenceHash, heads?.sha256 ?? null];
  return sha256(canonicalJson(basis)).slice(0, 16);
}

const threadConfig = (thread: string) => ({ configurable: { thread_id: thread } });

/** What was kept of a thread whose first look is behind it. */
async function stateOf(graph: AnalysisGraph, thread: string): Promise<AnalysisState | null> {
  const { values } = (await graph.getState(threadConfig(thread))) as { values: Partial<AnalysisState> };
  return values.windowHash ? (values as AnalysisState) : null;
}

/** Takes a state through the graph to its end; `null` goes on where the thread was. @throws CANCELLED, and what the nodes throw */
export async function invokeGraph(
  graph: AnalysisGraph,
  input: AnalysisState | null,
  matter: Matter,
  thread?: string,
): Promise<AnalysisState> {
  const options = {
    ...(thread ? threadConfig(thread) : {}),
    context: { matter },
    durability: 'sync' as const,
    signal: matter.task.signal,
    recursionLimit: 25,
  };
  try {
    return (await graph.invoke(input, options)) as AnalysisState;
  } catch (error) {
    if (matter.task.signal.aborted) throw new BrainnetError('CANCELLED');
    throw error;
  }
}

function finished({ content, embedding }: AnalysisState): Analysis {
  if (!content) throw new Error('the workflow ended without a decision');
  return { content, embedding: fromBase64(embedding) };
}
