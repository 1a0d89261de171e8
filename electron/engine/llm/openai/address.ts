import { bareAddress } from '../../../../shared/address.ts';
import { BrainnetError } from '../../../../shared/errors.ts';

/** Where a server that speaks OpenAI's protocol listens. */
export interface ServerAddress {
  /** Up to the version, without a slash at the end, for example http://localhost:1234/v1. */
  base: string;
  /** What every request carries behind it, for example an api-version of Azure. */
  query: Record<string, string>;
  /** As it may be shown: without a user, a password or a query. */
  where: string;
  /** On this machine. */
  local: boolean;
  encrypted: boolean;
  /** The header that the key goes in. */
  keyHeader: 'authorization' | 'api-key';
}

const AZURE_OPENAI = /\.(openai|cognitiveservices|services\.ai)\.azure\.com$/;

/**
 * Reads what a user gives as an address: with or without /v1, with or without the path of a request behind it.
 * @throws BAD_SETTING
 */
export function serverAddress(text: string): ServerAddress {
  const bad = () =>
    new BrainnetError('BAD_SETTING', {
      name: 'OLLAMA_BASE_URL',
      value: bareAddress(text),
      allowed: 'an http or https address such as http://localhost:1234',
    });
  if (!URL.canParse(text.trim())) throw bad();
  const url = new URL(text.trim());
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw bad();
  const azure = AZURE_OPENAI.test(url.hostname);
  const given = url.pathname.replace(/\/(chat\/completions|completions|models)?\/?$/, '').replace(/\/+$/, '');
  const base = `${url.origin}${given || (azure ? '/openai/v1' : '/v1')}`;
  return {
    base,
    query: Object.fromEntries(url.searchParams),
    where: base,
    local: isLoopback(url.hostname),
    encrypted: url.protocol === 'https:',
    keyHeader: azure ? 'api-key' : 'authorization',
  };
}

const isLoopback = (host: string) => host === 'localhost' || /^127(\.\d+){3}$/.test(host) || host === '[::1]';
