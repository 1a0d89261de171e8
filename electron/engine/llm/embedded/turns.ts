import { type ChatHistoryItem, type LlamaModel, resolveChatWrapper, type Token } from 'node-llama-cpp';
import { type Turn, turnsOf } from '../turns-of.ts';
import type { Message } from '../types.ts';

/** The tokens of a conversation up to where the answer begins, and how many of them the leading system messages take. */
export interface Prompt {
  tokens: Token[];
  systemTokens: number;
}

export type Render = (messages: readonly Message[]) => Prompt;

/** What a message says is text, whatever marks it holds. */
export function createRender(model: LlamaModel): Render {
  const tokensOf = phi3Tokens(model) ?? templateTokens(model);
  return (messages) => {
    const turns = turnsOf(messages);
    const system = turns[0]?.role === 'system' ? turns.slice(0, 1) : [];
    return { tokens: tokensOf(turns, true), systemTokens: system.length > 0 ? tokensOf(system, false).length : 0 };
  };
}

type TokensOf = (turns: readonly Turn[], open: boolean) => Token[];

/**
 * Phi-3's own way: a mark, the text with the space its tokenizer puts before it, a mark, and no line breaks, since its
 * marks swallow them (`rstrip` in tokenizer.json). Null for other models.
 */
function phi3Tokens(model: LlamaModel): TokensOf | null {
  if (model.architecture !== 'phi3') return null;
  const mark = (name: string) => {
    const tokens = model.tokenize(`<|${name}|>`, true);
    return tokens.length === 1 ? tokens[0]! : null;
  };
  const [system, user, assistant, end] = ['system', 'user', 'assistant', 'end'].map(mark);
  if (system == null || user == null || assistant == null || end == null) return null;
  const marks = { system, user, assistant };
  const { bos, shouldPrependBosToken } = model.tokens;
  const begin = shouldPrependBosToken && bos !== null ? [bos] : [];
  return (turns, open) => [
    ...begin,
    ...turns.flatMap(({ role, content }) => [marks[role], ...model.tokenize(content), end]),
    ...(open ? [assistant] : []),
  ];
}

/** By the chat template that the file carries. */
function templateTokens(model: LlamaModel): TokensOf {
  const wrapper = resolveChatWrapper(model);
  const tokens = (history: ChatHistoryItem[]) =>
    wrapper.generateContextState({ chatHistory: history }).contextText.tokenize(model.tokenizer);
  return (turns, open) => {
    const history = turns.map(item);
    return open ? tokens([...history, { type: 'model', response: [] }]) : closedPart(tokens, history);
  };
}

/** A template may end a turn only when the next begins: what two continuations share is what is fixed. */
function closedPart(tokens: (history: ChatHistoryItem[]) => Token[], history: ChatHistoryItem[]): Token[] {
  const [one, other] = ['a', 'b'].map((text) =>
    tokens([...history, { type: 'user', text }, { type: 'model', response: [] }]),
  );
  const differs = one!.findIndex((token, i) => token !== other![i]);
  return one!.slice(0, differs === -1 ? one!.length : differs);
}

function item({ role, content }: Turn): ChatHistoryItem {
  if (role === 'assistant') return { type: 'model', response: [content] };
  return { type: role, text: content };
}
