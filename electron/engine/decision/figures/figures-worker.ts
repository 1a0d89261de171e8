import { parentPort, workerData } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';
import { toErrorData } from '../../../../shared/errors.ts';
import { readFault } from '../../platform/index.ts';
import { fitCalibration } from '../calibration/index.ts';
import { createOutcomeStore } from '../outcomes/index.ts';
import { scorecardOf } from '../scorecard/index.ts';
import type { FigureRequest, FigureResponse } from './figures.ts';

const port = parentPort!;
const { journalFile } = workerData as { journalFile: string };
const outcomes = createOutcomeStore(new BetterSqlite3(journalFile, { readonly: true }));

port.on('message', (request: FigureRequest) => {
  try {
    port.postMessage({ id: request.id, kind: 'answer', value: answer(request) } satisfies FigureResponse);
  } catch (error) {
    const fault = readFault(error, journalFile);
    const message = error instanceof Error ? error.message : 'unknown';
    port.postMessage({ id: request.id, kind: 'failed', data: toErrorData(fault), message } satisfies FigureResponse);
  }
});

function answer(request: FigureRequest) {
  if (request.kind === 'calibration') {
    const records = outcomes.records(request.filter).filter(({ inSample, late }) => !inSample && !late);
    return fitCalibration(records, request.asOf);
  }
  return scorecardOf(outcomes, request.query);
}
