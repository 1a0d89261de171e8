/** Authority, query and fragment of a web address. */
const WEB = /^https?:\/\/([^/?#]*)[^?#]*(?:\?([^#]*))?(#.*)?$/is;
/** What an address may ask for besides its path: a version of the protocol, which is no secret. */
const VERSION = 'api-version';
const DATED = /^(?:\d{4}-\d{2}-\d{2}(?:-preview)?|preview|latest|v\d+)$/;

/** Whether an address says more than where: a user, a password, a fragment, or a query, which may hold a key. */
export function holdsSecrets(address: string): boolean {
  const parts = WEB.exec(address.trim());
  if (!parts) return /[@?#]/.test(address);
  const [, authority = '', query = '', fragment] = parts;
  const asked = query.split('&').filter((pair) => pair !== '');
  const dated = (pair: string) => pair.startsWith(`${VERSION}=`) && DATED.test(pair.slice(VERSION.length + 1));
  return authority.includes('@') || fragment !== undefined || !asked.every(dated);
}

/** What stands for an address, or for a text that is none, where it is told: without a user, a password, a query or a fragment. */
export const bareAddress = (address: string): string =>
  address
    .trim()
    .replace(/[?#].*$/s, '')
    .replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1')
    .slice(0, 60);
