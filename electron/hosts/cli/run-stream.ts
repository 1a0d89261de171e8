import type { Client } from '../../../shared/contract/index.ts';
import { certaintyText } from '../../../shared/domain/certainty.ts';
import { Ticker } from '../../../shared/domain/ids.ts';
import type { AnalyzeRequest, Decision, RunEvent } from '../../../shared/domain/index.ts';
import { type ErrorData, errorSentence } from '../../../shared/errors.ts';
import { printable } from '../../../shared/printable.ts';
import { INTERRUPTED } from './interrupt.ts';
import type { Output } from './output.ts';

type End = Extract<RunEvent, { type: 'end' }>;
type Progress = Extract<RunEvent, { type: 'progress' }>;

/** Splits what can be a symbol from what cannot; each of the latter is reported and spoils nothing. */
export function refuse(names: readonly string[], out: Output): { symbols: string[]; refused: number } {
  const symbols: string[] = [];
  let refused = 0;
  for (const name of names) {
    const parsed = Ticker.safeParse(name);
    if (parsed.success) symbols.push(parsed.data);
    else {
      refused += 1;
      const problem = `${printable(name.slice(0, 40))} is not a symbol: ${parsed.error.issues[0]?.message}`;
      showFailure(
        name,
        { code: 'INVALID_INPUT', sentence: errorSentence('INVALID_INPUT', { problem }), details: { problem } },
        out,
      );
    }
  }
  return { symbols, refused };
}

/** Runs a request, or takes up an interrupted run, and prints every event as it comes. `cancel` stops the run; `result` still waits for its end line. */
export function follow(
  client: Client,
  request: AnalyzeRequest | 'resume',
  out: Output,
  refused: number,
  device = 'auto',
) {
  let runId: string | undefined;
  let cancelled = false;
  let toldOfDevice = device === 'auto';
  const joined = { n: 0, holds: 0 };
  const told = new Set<string>();
  const send = () => runId !== undefined && void client.analysis.cancel({ runId }).catch(() => undefined);
  const cancel = () => {
    if (cancelled) return;
    cancelled = true;
    send();
  };
  out.onClosed(cancel);
  const read = async () => {
    const events = request === 'resume' ? client.analysis.resume() : client.analysis.run(request);
    for await (const event of await events) {
      if (runId === undefined) {
        runId = event.runId;
        if (cancelled) send();
      }
      if (event.type === 'end') return finish(event, joined, out, refused);
      show(event, out);
      if (event.type === 'decision') {
        count(event.decision, joined);
        tellOfReading(event.decision, told, out);
      }
      if (event.type === 'decision' && !toldOfDevice) {
        tellOfDevice(device, event.decision.provenance.executionProvider, out);
        toldOfDevice = true;
      }
    }
    return 1;
  };
  return { cancel, result: read() };
}

function show(event: Exclude<RunEvent, End>, out: Output): void {
  if (event.type === 'progress') {
    out.data(event);
    out.progress(progressText(event));
  } else if (event.type === 'decision') {
    out.data(event);
    out.text(decisionLine(event.decision));
    for (const remark of remarks(event.decision)) out.text(`         - ${remark}`);
  } else if (event.type === 'language') {
    out.data(event);
    out.note(`${printable(event.symbol).padEnd(8)} ${standing(event.sentence)}`);
  } else if (out.json) out.data(event);
  else showFailure(event.symbol, event.error, out);
}

/** Says once that the numeric decision stands, whether the reason says so itself or not. */
const standing = (sentence: string): string =>
  sentence.includes('numeric decision stands') ? sentence : `${sentence} The numeric decision stands.`;

/** Decisions of both judges, and by how many holds they change what the numeric judge alone decided. */
interface Joined {
  n: number;
  holds: number;
}

function count({ opinions, action }: Decision, joined: Joined): void {
  if (!opinions) return;
  joined.n += 1;
  joined.holds += Number(action === 'hold') - Number(opinions.numeric.action === 'hold');
}

/** What was cut from what the model read, and once in a run whether it was shown the picture. */
function tellOfReading({ symbol, language }: Decision, told: Set<string>, out: Output): void {
  if (language?.cut) out.note(`${symbol.padEnd(8)} ${printable(language.cut)}`);
  const seen = language?.picture?.sentence;
  if (!seen || told.has(seen)) return;
  told.add(seen);
  out.note(printable(seen));
}

function tellOfDevice(asked: string, used: string, out: Output): void {
  if (asked !== used) out.note(`The network ran on ${used}, not on ${asked}; convnext --device ${asked} says why.`);
}

function showFailure(symbol: string, error: ErrorData, out: Output): void {
  out.data({ type: 'failure', symbol, source: null, error });
  if (!out.json) out.note(`${printable(symbol).padEnd(8)} failed  ${error.code}: ${error.sentence}`);
}

function progressText(event: Progress): string {
  const left = event.leftMs === null ? '' : `, ${Math.ceil(event.leftMs / 1000)} s left`;
  return `[${event.done}/${event.total}] ${event.symbol} ${event.stage}${left}`;
}

function decisionLine(decision: Decision): string {
  const { symbol, source, action, regime, confidence, lastBarDate, opinions } = decision;
  const why = opinions?.sentence ?? decision.holdReasons[0]?.sentence ?? decision.evidenceFor[0]?.sentence ?? '';
  const figures = `${regime.padEnd(14)} C ${certaintyText(confidence.value)}`;
  return `${symbol.padEnd(8)} ${lastBarDate}  ${action.padEnd(5)}  ${figures}  ${opinions ? 'both' : source}: ${why}`.trimEnd();
}

const SAMPLE_REMARKS: Record<Decision['sampleStatus'], string[]> = {
  training: ['in sample: the network was trained on this symbol at this time, so the reading proves nothing'],
  tuning: ["the network's temperatures were fitted on this symbol at this time"],
  out: [],
};

/** What a reader of the line must know besides: bad bars, adjusted prices, the sample. */
function remarks({ window, sampleStatus }: Decision): string[] {
  return [...window.notices.map(({ sentence }) => sentence), ...SAMPLE_REMARKS[sampleStatus]];
}

/** The last line: holds of the final decisions, and what the numeric judge alone would have held where there were two judges. */
function finish(end: End, joined: Joined, out: Output, refused: number): number {
  const holds = end.holds + joined.holds;
  const holdShare = end.decided === 0 ? null : holds / end.decided;
  const both = joined.n === 0 ? {} : { joined: joined.n, numericHolds: end.holds };
  const whole = { ...end, holds, holdShare, ...both, failed: end.failed + refused, total: end.total + refused };
  out.progress('');
  out.data(whole);
  const judges =
    joined.n === 0 ? '' : `; ${joined.n} decided by both judges, the numeric judge alone holds ${end.holds}`;
  const share = holdShare === null ? '' : ` (${Math.round(holdShare * 100)} %${judges})`;
  const seconds = (whole.elapsedMs / 1000).toFixed(1);
  const head = whole.status === 'cancelled' ? 'Cancelled: ' : '';
  out.text(
    `${head}${whole.decided} of ${whole.total} decided, ${whole.holds} holds${share}, ${whole.failed} failed, in ${seconds} s.`,
  );
  if (whole.status === 'cancelled') return INTERRUPTED;
  return whole.failed > 0 || whole.decided === 0 ? 1 : 0;
}
