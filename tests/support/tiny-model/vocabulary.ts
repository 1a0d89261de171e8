const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const BYTE = 6;

/** How SentencePiece writes a space. */
const SPACE = '▁';

const WORDS = (
  'True False the and of is it up down trend cycle burst price prices market bars window reading evidence thesis because ' +
  'supports against hold long short high low close symbol system user answer question regime volatility'
).split(' ');

export interface Vocabulary {
  tokens: string[];
  scores: number[];
  types: number[];
  bos: number;
  eos: number;
  unknown: number;
}

/**
 * A small SentencePiece vocabulary with Phi-3's order: unknown, start, end, 256 bytes, pieces, then the marks of turns.
 * Every beginning of a word is a piece, so that merging by pairs reaches the word.
 */
export function tinyVocabulary(): Vocabulary {
  const entries: [token: string, score: number, type: number][] = [
    ['<unk>', 0, UNKNOWN],
    ['<s>', 0, CONTROL],
    ['</s>', 0, CONTROL],
  ];
  for (let byte = 0; byte < 256; byte++)
    entries.push([`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, 0, BYTE]);
  [...pieces()].forEach((piece, i) => {
    entries.push([piece, -1 - i, NORMAL]);
  });
  const eos = entries.length;
  for (const mark of ['<|endoftext|>', '<|assistant|>', '<|system|>', '<|end|>', '<|user|>'])
    entries.push([mark, 0, CONTROL]);
  return {
    tokens: entries.map(([token]) => token),
    scores: entries.map(([, score]) => score),
    types: entries.map(([, , type]) => type),
    bos: 1,
    eos,
    unknown: 0,
  };
}

function pieces(): Set<string> {
  const characters = Array.from({ length: 0x7f - 0x21 }, (_, i) => String.fromCharCode(0x21 + i));
  const beginnings = WORDS.flatMap((word) => Array.from(word, (_, i) => word.slice(0, i + 1)));
  return new Set([SPACE, ...characters, ...beginnings, ...beginnings.map((beginning) => SPACE + beginning)]);
}
