import { type Llama, LlamaGrammar, LlamaGrammarEvaluationState, type LlamaModel, type Token } from 'node-llama-cpp';
import { refuseAborted } from './abort.ts';
import { fitted } from './fit.ts';
import type { Lanes } from './lanes.ts';
import type { Generated, Request } from './messages.ts';
import type { Render } from './turns.ts';

/** An answer ends here whatever its tokens: some are rows of dozens of spaces. */
const MOST_CHARACTERS_A_TOKEN = 8;
/** At least this share of the context is left to the answer, where it may be that long. */
const ANSWER_SHARE = 0.25;
const MOST_GRAMMARS = 32;
const STREAM_MS = 50;

export interface Loaded {
  llama: Llama;
  model: LlamaModel;
  contextTokens: number;
  render: Render;
  lanes: Lanes;
}

/** Tokens that a prompt may have, so that the answer has room. */
export function promptRoom(contextTokens: number, maxTokens: number): number {
  return contextTokens - 1 - Math.min(maxTokens, Math.floor(contextTokens * ANSWER_SHARE));
}

export type GenerateRequest = Extract<Request, { kind: 'generate' }>;

/** @throws LLM_TOO_LONG, CANCELLED */
export async function generate(
  { llama, model, contextTokens, render, lanes }: Loaded,
  request: GenerateRequest,
  signal: AbortSignal,
  onText: (text: string) => void,
): Promise<Generated> {
  const room = promptRoom(contextTokens, request.maxTokens);
  const { cut, leftOut, ...prompt } = fitted(request.messages, room, render, request.maxTokens);
  const most = Math.min(request.maxTokens, contextTokens - 1 - prompt.tokens.length);
  const started = performance.now();
  return lanes.use(prompt, signal, async (sequence, { rest, evaluated }) => {
    const tokens = sequence.evaluate(rest, {
      temperature: request.temperature,
      seed: request.seed,
      grammarEvaluationState: request.grammar === null ? undefined : grammarState(llama, model, request.grammar),
    });
    const text = createText(model);
    const stream = createStream(request.stream ? onText : () => {});
    let promptMs: number | null = null;
    let finish: Generated['finish'] = 'stop';
    for await (const token of tokens) {
      promptMs ??= performance.now() - started;
      refuseAborted(signal);
      stream.add(text.add(token));
      if (text.count() >= most || text.whole().length > most * MOST_CHARACTERS_A_TOKEN) {
        finish = 'length';
        break;
      }
    }
    stream.add(text.end());
    stream.end();
    promptMs ??= performance.now() - started;
    return {
      text: text.whole().trim(),
      usage: { promptTokens: prompt.tokens.length, ...evaluated, generatedTokens: text.count() },
      timing: { promptMs, generateMs: performance.now() - started - promptMs },
      finish,
      cut,
      leftOut,
    };
  });
}

const grammars = new WeakMap<Llama, Map<string, LlamaGrammar>>();

function grammarState(llama: Llama, model: LlamaModel, text: string): LlamaGrammarEvaluationState {
  const known = grammars.get(llama) ?? new Map<string, LlamaGrammar>();
  grammars.set(llama, known);
  const grammar = known.get(text) ?? new LlamaGrammar(llama, { grammar: text });
  if (known.size >= MOST_GRAMMARS) known.clear();
  known.set(text, grammar);
  return new LlamaGrammarEvaluationState({ model, grammar });
}

/** Pieces of text, the first at once and then as often as an eye can follow: each costs both processes time that llama.cpp wants. */
function createStream(send: (text: string) => void) {
  let held = '';
  let sentAt = -Infinity;
  const end = () => {
    if (held !== '') send(held);
    held = '';
    sentAt = performance.now();
  };
  return {
    add(piece: string) {
      held += piece;
      if (performance.now() - sentAt >= STREAM_MS) end();
    },
    end,
  };
}

/** Tokens as text, piece by piece; bytes that are not a whole character yet wait for the next. */
function createText(model: LlamaModel) {
  let whole = '';
  let count = 0;
  let held: Token[] = [];
  let before: Token[] = [];
  const flush = (): string => {
    const piece = model.detokenize(held, false, before);
    before = [...before, ...held].slice(-8);
    held = [];
    const shown = whole === '' ? piece.trimStart() : piece;
    whole += shown;
    return shown;
  };
  return {
    add(token: Token): string {
      count++;
      held.push(token);
      const partial = held.length < 4 && model.detokenize(held, false, before).endsWith('\ufffd');
      return partial ? '' : flush();
    },
    end: () => (held.length > 0 ? flush() : ''),
    whole: () => whole,
    count: () => count,
  };
}
