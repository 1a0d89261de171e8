import type { KnownModel } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';

export interface ModelSpec extends Omit<KnownModel, 'address'> {
  /** Owner and name on Hugging Face. */
  repository: string;
}

export const PHI: ModelSpec = {
  title: 'Phi-3.5-mini-instruct, 4 bits (Q4_K_M)',
  file: 'Phi-3.5-mini-instruct-Q4_K_M.gguf',
  bytes: 2_393_232_672,
  sha256: 'e4165e3a71af97f1b4820da61079826d8752a2088e313af0c7d346796c38eff5',
  license: 'MIT',
  repository: 'bartowski/Phi-3.5-mini-instruct-GGUF',
};

const HUGGING_FACE = 'https://huggingface.co';

/**
 * Where the file is downloaded from: Hugging Face, or a mirror that is built alike.
 * @param mirror the value of BRAINNET_MODEL_MIRROR, for example https://mirror.example.com
 * @throws BAD_SETTING
 */
export function addressOf({ repository, file }: ModelSpec, mirror: string | undefined): string {
  const base = mirror?.trim() || HUGGING_FACE;
  if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol)) {
    const name = 'BRAINNET_MODEL_MIRROR';
    throw new BrainnetError('BAD_SETTING', { name, value: base.slice(0, 60), allowed: 'an http or https address' });
  }
  return `${base.replace(/\/+$/, '')}/${repository}/resolve/main/${file}`;
}

/** An address as it may be shown: without a user, a password or a query. */
export function shownAddress(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}
