import { BrainnetError } from '../../../../shared/errors.ts';

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The body of an answer as text, read up to 32 MiB. @throws SOURCE_ANSWER_BAD where it is longer */
export async function readBody(response: Response, source: string): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      void reader.cancel().catch(() => undefined);
      throw new BrainnetError('SOURCE_ANSWER_BAD', { source, problem: 'it is longer than 32 MiB' });
    }
    text += decoder.decode(value, { stream: true });
  }
}
