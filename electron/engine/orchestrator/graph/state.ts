import type { Evidence } from '../../../../shared/domain/index.ts';
import type { DecisionContent } from '../../decision/index.ts';
import type { JudgedRound } from '../judge-rounds.ts';
import type { LanguageRound } from '../language/language-judge.ts';
import type { ReadLook } from '../looks.ts';

/** How far the analysis of one symbol has come; plain data, so that it can be kept and taken up again. */
export interface AnalysisState {
  symbol: string;
  /** The window's hash: what was kept is only taken up on the very same bars. */
  windowHash: string;
  /** The network's 768-d feature of the window, float32 in base64. */
  embedding: string;
  looks: ReadLook[];
  /** How many of the looks the latest research brought. */
  added: number;
  rounds: JudgedRound[];
  /** What a language model said, round by round; empty where the numeric judge decides alone. */
  words: LanguageRound[];
  /** Why looks could not be added, a sentence each. */
  missing: string[];
  /** What the knowledge base says to it. */
  notes: Evidence[];
  /** Rounds of refinement begun. */
  refinements: number;
  /** Recalled from memory: decisions by their setups, and written memories. */
  memoryIds: string[];
  content: DecisionContent | null;
}

export const emptyState = (symbol: string): AnalysisState => ({
  symbol,
  windowHash: '',
  embedding: '',
  looks: [],
  added: 0,
  rounds: [],
  words: [],
  missing: [],
  notes: [],
  refinements: 0,
  memoryIds: [],
  content: null,
});

export const toBase64 = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

export function fromBase64(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
