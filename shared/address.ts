const WEB = /^https?:$/;
/** What an address may ask for besides its path: a version of the protocol, which is no secret. */
const VERSION = 'api-version';
const DATED = /^(?:\d{4}-\d{2}-\d{2}(?:-preview)?|preview|latest|v\d+)$/;

/** Whether an address says more than where: a user, a password, a fragment, or a query, which may hold a key. */
export function holdsSecrets(address: string): boolean {
  const url = URL.parse(address.trim());
  if (!url || !WEB.test(url.protocol)) return /[@?#]/.test(address);
  const asked = [...url.searchParams].some(([name, value]) => name !== VERSION || !DATED.test(value));
  return url.username !== '' || url.password !== '' || url.hash !== '' || asked;
}

/** What stands for an address, or for a text that is none, where it is told: without a user, a password, a query or a fragment. */
export const bareAddress = (address: string): string =>
  address
    .trim()
    .replace(/[?#].*$/s, '')
    .replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1')
    .slice(0, 60);
