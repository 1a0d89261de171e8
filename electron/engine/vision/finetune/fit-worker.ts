import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../../../shared/errors.ts';
import type { FitRequest, FitResponse } from './fit-thread.ts';
import { timeBlocks } from './time-blocks.ts';
import { trainHeads } from './train-heads.ts';

const port = parentPort!;
const { set, times, blockBars, seed } = workerData as FitRequest;
const send = (response: FitResponse) => port.postMessage(response);

try {
  const block = timeBlocks(times, blockBars, set.last);
  const training = trainHeads({ ...set, block }, seed, (head, fold, folds) => send({ kind: 'fit', head, fold, folds }));
  send({ kind: 'done', training });
} catch (error) {
  send({ kind: 'failed', message: error instanceof Error ? error.message : 'unknown', data: toErrorData(error) });
}
