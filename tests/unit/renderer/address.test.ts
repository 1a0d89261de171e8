import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../renderer/app/address.ts';

const TOKEN = 'a-Token_0123456789abcdefghijklmnopqrstuvwxy';
const here = { port: '7411' };

describe('the address of a restarted server', () => {
  it('leads to this origin with the new token, whatever name of this machine it has', () => {
    for (const text of [
      `http://127.0.0.1:7411/?token=${TOKEN}`,
      `  http://localhost:7411/?token=${TOKEN}\n`,
      `127.0.0.1:7411/?token=${TOKEN}`,
      TOKEN,
    ])
      expect(readAddress(text, here)).toEqual({ link: `/?token=${TOKEN}` });
  });

  it('is refused in words where it is another port, or no address at all', () => {
    expect(readAddress(`http://127.0.0.1:9000/?token=${TOKEN}`, here)).toEqual({
      problem: expect.stringContaining('another port (9000)'),
    });
    for (const text of ['', 'http://127.0.0.1:7411/', 'hello there', 'javascript:alert(1)'])
      expect(readAddress(text, here)).toEqual({ problem: expect.stringContaining('neither') });
  });
});
