import type YahooFinance from 'yahoo-finance2';
import { BrainnetError } from '../../../../shared/errors.ts';
import { untilAborted } from '../remote/abort.ts';
import type { Requester } from '../remote/requester.ts';
import { type Asked, checkAnswer, Refused, translated } from './refusals.ts';

/** Hosts of Yahoo: data, the crumb, and the pages of cookies and consent that lead to it. */
export const YAHOO_HOSTS = [
  'query2.finance.yahoo.com',
  'query1.finance.yahoo.com',
  'finance.yahoo.com',
  'guce.yahoo.com',
  'consent.yahoo.com',
] as const;
const DATA_HOST = YAHOO_HOSTS[0];

type Library = InstanceType<typeof YahooFinance>;
type LibraryCall<T> = (library: Library, options: { fetch: typeof fetch }) => Promise<T>;

/** Calls of yahoo-finance2 with our way out, and with errors of ours. */
export interface YahooClient {
  call<T>(asked: Asked, signal: AbortSignal | undefined, task: LibraryCall<T>): Promise<T>;
}

/** A client whose library is loaded at the first call; a refused crumb makes the next call begin with fresh cookies. */
export function createYahooClient(request: Requester): YahooClient {
  let library: Promise<Library> | null = null;
  return {
    async call(asked, signal, task) {
      try {
        library ??= loadLibrary();
        const options = { fetch: fetchOver(request, signal) };
        return await untilAborted(
          library.then((loaded) => task(loaded, options)),
          signal,
        );
      } catch (error) {
        if (signal?.aborted) throw new BrainnetError('CANCELLED');
        if (error instanceof Refused && (error.status === 401 || error.status === 403)) library = null;
        throw translated(error, asked);
      }
    },
  };
}

async function loadLibrary(): Promise<Library> {
  const [{ default: Yahoo }, { ExtendedCookieJar }] = await Promise.all([
    import('yahoo-finance2'),
    import('yahoo-finance2/lib/cookieJar'),
  ]);
  const silent = () => undefined;
  return new Yahoo({
    cookieJar: new ExtendedCookieJar(),
    logger: { info: silent, warn: silent, error: silent, debug: silent, dir: silent },
    queue: { concurrency: 1000 },
    suppressNotices: ['yahooSurvey'],
    validation: { logErrors: false, logOptionsErrors: false },
    versionCheck: false,
  });
}

/** The fetch the library sees. Cookies and crumb are shared by all calls, so one caller's abort does not stop them. */
function fetchOver(request: Requester, signal: AbortSignal | undefined): typeof fetch {
  return async (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    const isData = new URL(url).hostname === DATA_HOST;
    const answer = await request(url, init ?? {}, isData ? signal : undefined);
    if (isData) checkAnswer(answer);
    else if (answer.status >= 400) throw new Refused(answer.status, '');
    const body = [204, 205, 304].includes(answer.status) ? null : answer.text;
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
}
