import { bareAddress } from '../../../../shared/address.ts';
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
 * @param mirror the value of BRAINNET_MODEL_MIRROR, for example https://mirror.example.com; its user, password and query are sent too
 * @throws BAD_SETTING
 */
export function addressOf({ repository, file }: ModelSpec, mirror: string | undefined): string {
  const base = mirror?.trim() || HUGGING_FACE;
  const url = URL.parse(base);
  if (!url || !/^https?:$/.test(url.protocol)) {
    const name = 'BRAINNET_MODEL_MIRROR';
    throw new BrainnetError('BAD_SETTING', { name, value: bareAddress(base), allowed: 'an http or https address' });
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${repository}/resolve/main/${file}`;
  url.hash = '';
  return url.href;
}

/** An address as it may be shown and written to the disk: without a user, a password or a query. */
export function shownAddress(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}
