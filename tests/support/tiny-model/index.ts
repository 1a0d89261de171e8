import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type F32Tensor, gguf, type MetadataValue } from './gguf-writer.ts';
import { tinyVocabulary } from './vocabulary.ts';

const EMBEDDING = 64;
const FEED_FORWARD = 256;
const LAYERS = 2;
const HEADS = 4;

/** That of Phi-3.5-mini-instruct. */
const CHAT_TEMPLATE =
  "{% for message in messages %}{% if message['role'] == 'system' and message['content'] %}{{'<|system|>\n' + message['content'] + '<|end|>\n'}}" +
  "{% elif message['role'] == 'user' %}{{'<|user|>\n' + message['content'] + '<|end|>\n'}}" +
  "{% elif message['role'] == 'assistant' %}{{'<|assistant|>\n' + message['content'] + '<|end|>\n'}}{% endif %}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% else %}{{ eos_token }}{% endif %}";

/** The feature that all tokens of a terse model share, and the weight of a quotation mark for it: texts end after a few tokens. */
const CONSTANT = 3;
const TERSE = 1.8;

/**
 * A model of Phi-3's architecture with random weights, the same for the same seed: what it says is noise, how it is run is not.
 * @param terse its texts end after a few tokens, where those of the other fill the room they are given
 */
export function tinyModel(seed = 1, terse = false): Buffer {
  const vocabulary = tinyVocabulary();
  const { tokens, scores, types, bos, eos, unknown } = vocabulary;
  const metadata: Record<string, MetadataValue> = {
    'general.architecture': { type: 'string', value: 'phi3' },
    'general.name': { type: 'string', value: 'Phi 3 tiny random' },
    'phi3.context_length': { type: 'uint32', value: 131072 },
    'phi3.embedding_length': { type: 'uint32', value: EMBEDDING },
    'phi3.feed_forward_length': { type: 'uint32', value: FEED_FORWARD },
    'phi3.block_count': { type: 'uint32', value: LAYERS },
    'phi3.attention.head_count': { type: 'uint32', value: HEADS },
    'phi3.attention.head_count_kv': { type: 'uint32', value: HEADS },
    'phi3.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-5 },
    'phi3.attention.sliding_window': { type: 'uint32', value: 262144 },
    'phi3.rope.dimension_count': { type: 'uint32', value: EMBEDDING / HEADS },
    'phi3.rope.freq_base': { type: 'float32', value: 10000 },
    'general.file_type': { type: 'uint32', value: 0 },
    'tokenizer.ggml.model': { type: 'string', value: 'llama' },
    'tokenizer.ggml.pre': { type: 'string', value: 'default' },
    'tokenizer.ggml.tokens': { type: 'strings', value: tokens },
    'tokenizer.ggml.scores': { type: 'float32s', value: scores },
    'tokenizer.ggml.token_type': { type: 'int32s', value: types },
    'tokenizer.ggml.bos_token_id': { type: 'uint32', value: bos },
    'tokenizer.ggml.eos_token_id': { type: 'uint32', value: eos },
    'tokenizer.ggml.unknown_token_id': { type: 'uint32', value: unknown },
    'tokenizer.ggml.padding_token_id': { type: 'uint32', value: eos },
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
    'tokenizer.ggml.add_eos_token': { type: 'bool', value: false },
    'tokenizer.chat_template': { type: 'string', value: CHAT_TEMPLATE },
  };
  const weights = tensors(tokens.length, seed);
  if (terse) closeTexts(weights, tokens.indexOf('"'));
  return gguf(metadata, weights);
}

/** The same in a file of its own folder. */
export function tinyModelFile(seed = 1): string {
  return written(tinyModel(seed));
}

/** For tests of what is done with answers, of which most are waiting for noise otherwise. */
export function terseModelFile(): string {
  return written(tinyModel(1, true));
}

/** Its chat template does not end within a day. */
export function endlessModelFile(): string {
  const loops = 'ABCDE'.split('').map((name) => `{% for ${name} in range(100000) %}`);
  return templateModelFile([...loops, ...loops.map(() => '{% endfor %}')].join(''));
}

/** With a chat template of its own, shorter than the usual one, and without the marks that would do without it. */
export function templateModelFile(template: string): string {
  const model = tinyModel();
  model.write('<|assistent|>', model.indexOf('<|assistant|>'));
  model.write(template.padEnd(CHAT_TEMPLATE.length), model.indexOf(CHAT_TEMPLATE));
  return written(model);
}

function written(model: Buffer): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'brainnet-tiny-')), 'tiny-phi3.gguf');
  writeFileSync(file, model);
  return file;
}

/** Gives every token one feature alike, which no layer writes to and only the logit of `token` reads. */
function closeTexts(weights: readonly F32Tensor[], token: number): void {
  for (const { name, shape, data } of weights) {
    const [inputs] = shape as [number, number];
    if (name === 'token_embd.weight') everyFirst(data, () => CONSTANT);
    if (name === 'output.weight') everyFirst(data, (word) => (word === token ? TERSE : 0));
    if (/attn_output|ffn_down/.test(name)) data.fill(0, 0, inputs);
  }
}

function everyFirst(data: Float32Array, value: (row: number) => number): void {
  for (let row = 0; row * EMBEDDING < data.length; row++) data[row * EMBEDDING] = value(row);
}

function tensors(words: number, seed: number): F32Tensor[] {
  const random = generator(seed);
  const weight = (name: string, ...shape: [number, number]): F32Tensor => {
    const spread = 1 / Math.sqrt(shape[0]);
    const data = Float32Array.from({ length: shape[0] * shape[1] }, () => (random() * 2 - 1) * 1.7 * spread);
    return { name: `${name}.weight`, shape, data };
  };
  const norm = (name: string): F32Tensor => ({
    name: `${name}.weight`,
    shape: [EMBEDDING],
    data: new Float32Array(EMBEDDING).fill(1),
  });
  const layer = (i: number): F32Tensor[] => [
    norm(`blk.${i}.attn_norm`),
    weight(`blk.${i}.attn_qkv`, EMBEDDING, 3 * EMBEDDING),
    weight(`blk.${i}.attn_output`, EMBEDDING, EMBEDDING),
    norm(`blk.${i}.ffn_norm`),
    weight(`blk.${i}.ffn_up`, EMBEDDING, 2 * FEED_FORWARD),
    weight(`blk.${i}.ffn_down`, FEED_FORWARD, EMBEDDING),
  ];
  return [
    weight('token_embd', EMBEDDING, words),
    ...Array.from({ length: LAYERS }, (_, i) => layer(i)).flat(),
    norm('output_norm'),
    weight('output', EMBEDDING, words),
  ];
}

/** mulberry32: 0 to 1. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
