import { setImmediate as nextTurn } from 'node:timers/promises';

/** LangGraph is some 600 files, and Node loads all that an import needs in one go: these parts each hold the event loop 50 ms at most. */
const PARTS = [
  () => import('@langchain/core/caches'),
  () => import('@langchain/core/callbacks/manager'),
  () => import('@langchain/core/messages'),
  () => import('@langchain/core/runnables'),
  () => import('@langchain/core/tools'),
  () => import('@langchain/core/language_models/chat_models'),
  () => import('@langchain/core/load'),
  () => import('@langchain/langgraph-checkpoint'),
];

/** LangGraph, loaded at first use, part by part so that no page waits for all of it. */
export async function loadLangGraph() {
  for (const part of PARTS) {
    await part();
    await nextTurn();
  }
  return import('@langchain/langgraph/web');
}
