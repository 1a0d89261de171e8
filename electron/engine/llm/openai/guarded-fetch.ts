import { BrainnetError } from '../../../../shared/errors.ts';
import type { WebFetch } from '../web-fetch.ts';
import type { ServerAddress } from './address.ts';

const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The `fetch` of one server: its key goes out here and nowhere else, nothing but the request does (no versions, no names of
 * this machine), no redirect is followed, and what comes back is an answer of the protocol, of a bounded size.
 * @throws LLM_ANSWER_BAD
 */
export function guardedFetch(fetch: WebFetch, server: ServerAddress, key: string | undefined): WebFetch {
  return async (address, init = {}) => {
    const headers: Record<string, string> = { accept: 'application/json, text/event-stream', 'user-agent': 'brainnet' };
    if (init.body) headers['content-type'] = 'application/json';
    if (key) headers[server.keyHeader] = server.keyHeader === 'api-key' ? key : `Bearer ${key}`;
    const answer = await fetch(address, { ...init, headers, redirect: 'manual' });
    const type = answer.headers.get('content-type') ?? '';
    if (answer.status < 300 && /text\/html/i.test(type)) {
      await answer.body?.cancel();
      throw new BrainnetError('LLM_ANSWER_BAD', { problem: `${server.where} answered with a web page` });
    }
    const bounded = answer.body?.pipeThrough(limited(server.where)) ?? null;
    const { status } = answer;
    const response = new Response(bounded, { status, headers: answer.headers });
    const wantsEvents = typeof init.body === 'string' && init.body.includes('"stream":true');
    return wantsEvents && response.ok && /json/i.test(type) ? asEvents(response) : response;
  };
}

function limited(where: string): TransformStream<Uint8Array, Uint8Array> {
  let left = MOST_BYTES;
  return new TransformStream({
    transform(chunk, controller) {
      left -= chunk.length;
      if (left >= 0) controller.enqueue(chunk);
      else controller.error(new BrainnetError('LLM_ANSWER_BAD', { problem: `${where} sends without end` }));
    },
  });
}

/** A whole answer where a stream was asked for, as a stream of one event. */
async function asEvents(response: Response): Promise<Response> {
  const line = (await response.text()).replace(/[\r\n]+/g, ' ');
  return new Response(`data: ${line}\n\ndata: [DONE]\n\n`, { headers: { 'content-type': 'text/event-stream' } });
}
