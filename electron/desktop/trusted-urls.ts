/** Hosts whose pages may open in the user's own browser. */
const TRUSTED_HOSTS: readonly string[] = ['github.com'];

/** The parsed URL where it is https, to a trusted host, without credentials or a port; else null. */
export function trustedUrl(text: string): URL | null {
  const url = URL.parse(text);
  const plain = url?.protocol === 'https:' && url.username === '' && url.password === '' && url.port === '';
  return plain && TRUSTED_HOSTS.includes(url.hostname) ? url : null;
}
