/** Where a pasted address or token leads: a link of this origin, or why it leads nowhere from here. */
export type Pasted = { link: string } | { problem: string };

const TOKEN = /^[\w-]{16,200}$/;
const UNREADABLE = 'This is neither an address that the server printed nor its token.';

const parsed = (text: string) => URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`);

/** Reads what the server printed, `http://127.0.0.1:7411/?token=...`, or the token alone; a name of the same port counts as this server. */
export function readAddress(text: string, here: Pick<Location, 'port'>): Pasted {
  const given = text.trim();
  if (TOKEN.test(given)) return { link: `/?token=${given}` };
  const url = parsed(given);
  const token = url?.searchParams.get('token') ?? '';
  if (!url || !TOKEN.test(token)) return { problem: UNREADABLE };
  if (url.port !== here.port)
    return { problem: `This address is of another port (${url.port || '80'}): open it in the browser's address bar.` };
  return { link: `/?token=${token}` };
}
