/** field-kernel.wat, assembled: four columns of both fields at a time (WebAssembly SIMD). */
const BYTES =
  'AGFzbQEAAAABBwFgA39/fwACEAEEaG9zdAZtZW1vcnkCAAEDAgEABwoBBmZpZWxkcwAACpgBAZUBAwN/BHsCfyAAQQJ0IQQDQCAD/QkCACEGIAP9CQKACCEHQQAhBQNAIAX9AAQAIQggBf0ABIAIIQkgASAFaiAGIAj95gEgByAJ/eYB/eUB/QsEACACIAVqIAcgCP3mASAGIAn95gH95QH9CwQAIAVBEGoiBSAESQ0ACyABIARqIQEgAiAEaiECIANBBGoiAyAESQ0ACws=';

/** Longest window the kernel has room for. */
export const KERNEL_BARS = 256;
/** Bytes at the start of a kernel's memory that hold cosines and sines. */
export const KERNEL_HEAD = 2048;

export interface FieldKernel {
  memory: WebAssembly.Memory;
  /** Scaled window and its sines; rewritten for each run. */
  x: Float32Array;
  s: Float32Array;
  /** Writes both fields of an n-bar window at these byte offsets of `memory`. */
  run: (n: number, gasfAt: number, gadfAt: number) => void;
}

let compiled: WebAssembly.Module | undefined;

/** A kernel over a memory of its own with room for `bytes` behind the head. */
export function createFieldKernel(bytes: number): FieldKernel {
  compiled ??= new WebAssembly.Module(Buffer.from(BYTES, 'base64'));
  const memory = new WebAssembly.Memory({ initial: Math.ceil((KERNEL_HEAD + bytes) / 65536) });
  const instance = new WebAssembly.Instance(compiled, { host: { memory } });
  return {
    memory,
    x: new Float32Array(memory.buffer, 0, KERNEL_BARS),
    s: new Float32Array(memory.buffer, KERNEL_HEAD / 2, KERNEL_BARS),
    run: instance.exports.fields as FieldKernel['run'],
  };
}
