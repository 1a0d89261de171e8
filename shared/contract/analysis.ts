import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  Adaptation,
  AnalyzeRequest,
  Feedback,
  FieldRequest,
  FieldView,
  ReadingView,
  RunEvent,
  RunId,
  RunState,
  SaliencyView,
} from '../domain/index.ts';
import { procedure } from './base.ts';

export const analysis = {
  /** Queues a run and returns at once; it goes on when the page leaves. Follow it with `system.events`. */
  start: procedure.input(AnalyzeRequest).output(z.object({ runId: RunId })),
  cancel: procedure.input(z.object({ runId: RunId })).output(z.object({ cancelled: z.boolean() })),
  /** Ends what the language model judges and drops what waits for it; the numeric decisions stand. False where nothing waited. */
  cancelLanguage: procedure.output(z.object({ cancelled: z.boolean() })),
  /** Starts a run and streams it; the run is cancelled when the reader leaves. */
  run: procedure.input(AnalyzeRequest).output(eventIterator(RunEvent)),
  /** Takes up the newest run that an ended engine left interrupted, with the settings it was begun with, and streams it as `run`. */
  resume: procedure.output(eventIterator(RunEvent)),
  /** Remembers what the user says to a decision or a symbol, analyzes anew, and tells what that changed. */
  adapt: procedure.input(Feedback).output(Adaptation),
  runs: procedure.route({ method: 'GET' }).output(z.array(RunState)),
  field: procedure.input(FieldRequest).output(FieldView),
  /** Reads one window with the network; nothing is stored. */
  reading: procedure.input(FieldRequest).output(ReadingView),
  /** Which bars moved that reading; some 35 readings, ended when the caller leaves. */
  saliency: procedure.input(FieldRequest).output(SaliencyView),
};
