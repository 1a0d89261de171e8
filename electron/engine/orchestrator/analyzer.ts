import type { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
import { BrainnetError } from '../../../shared/errors.ts';
import type { DecisionContent } from '../decision/index.ts';
import type { Database } from '../platform/index.ts';
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
   * One analysis of one symbol up to its as-of. The same bars, settings, model and memory give the same content. With a `thread` each
   * node's result is kept, and an analysis of that thread that was cut short goes on behind its last node.
   * @throws TOO_FEW_BARS, TOO_MANY_BAD_BARS, STALE_BARS, WINDOW_NOT_READ, CANCELLED, and what market and network throw
   */
  analyze(task: AnalyzeTask, thread?: string): Promise<Analysis>;
  /** Lets go what was kept of a thread. */
  forget(thread: string): Promise<void>;
}

/** @param checkpoints where results of nodes are kept; a connection of its own, so that they cost no sync of the disk */
export function createAnalyzer(deps: GraphDeps, checkpoints: Database | null): Analyzer {
  let plain: Promise<AnalysisGraph> | null = null;
  let kept: Promise<{ graph: AnalysisGraph; saver: SqliteSaver }> | null = null;
  const keeping = (database: Database) => {
    kept ??= openKept(database);
    return kept;
  };
  return {
    async analyze(task, thread) {
      const matter = createMatter(deps, task);
      if (!thread || !checkpoints) {
        plain ??= buildGraph();
        return finished(await run(await plain, emptyState(task.ref.symbol), matter));
      }
      const { graph, saver } = await keeping(checkpoints);
      const begun = await stateOf(graph, thread);
      if (begun && begun.windowHash === (await matter.case()).picture.window.hash)
        return finished(begun.content ? begun : await run(graph, null, matter, thread));
      if (begun) await saver.deleteThread(thread);
      return finished(await run(graph, emptyState(task.ref.symbol), matter, thread));
    },
    async forget(thread) {
      if (!checkpoints || !kept) return;
      await (await keeping(checkpoints)).saver.deleteThread(thread);
    },
  };
}

async function openKept(database: Database) {
  const { SqliteSaver } = await import('@langchain/langgraph-checkpoint-sqlite');
  const saver = new SqliteSaver(database);
  return { graph: await buildGraph(saver), saver };
}

const threadConfig = (thread: string) => ({ configurable: { thread_id: thread } });

/** What was kept of a thread whose first look is behind it. */
async function stateOf(graph: AnalysisGraph, thread: string): Promise<AnalysisState | null> {
  const { values } = (await graph.getState(threadConfig(thread))) as { values: Partial<AnalysisState> };
  return values.windowHash ? (values as AnalysisState) : null;
}

async function run(
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
