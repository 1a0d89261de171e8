import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { pageFiles } from '../../electron/hosts/page-files.ts';
import { temporaryFolder } from '../support/engine.ts';
import { testPage } from '../support/transports.ts';

const secretFolder = () => {
  const folder = temporaryFolder('outside');
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  return folder;
};

describe('the files of the page', () => {
  test('nothing outside of the folder can be named', async () => {
    const outside = secretFolder();
    const root = path.join(outside, 'page');
    mkdirSync(root);
    mkdirSync(`${root}-beside`);
    writeFileSync(path.join(`${root}-beside`, 'secret.txt'), 'secret');
    symlinkSync(path.join(outside, 'secret.txt'), path.join(root, 'link.txt'));
    symlinkSync(outside, path.join(root, 'folder'));
    const page = pageFiles(root);
    const tries = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/%2e%2e%2fsecret.txt',
      '/..%2fsecret.txt',
      '/..\\secret.txt',
      '/%2e%2e%5csecret.txt',
      '/%252e%252e%252fsecret.txt',
      '//..//secret.txt',
      '/page-beside/../../page-beside/secret.txt',
      '/../page-beside/secret.txt',
      '/link.txt',
      '/folder/secret.txt',
      '/secret.txt%00.js',
      '/%',
      '/%ff',
      `/${path.join(outside, 'secret.txt')}`,
      '/C:/secret.txt',
      '/.env',
      '/assets/.hidden',
      '/folder',
    ];
    for (const each of tries) {
      const { status, body } = await page(each);
      expect([each, status]).toEqual([each, 404]);
      expect(body.toString()).not.toContain('secret\n');
    }
  });

  test('index.html carries a nonce of its own each time, the one its policy names', async () => {
    const page = pageFiles(testPage());
    const nonces = new Set<string>();
    for (let at = 0; at < 3; at += 1) {
      const { headers, body } = await page('/');
      const nonce = /content="([^"]+)"/.exec(body.toString())![1]!;
      expect(headers['content-security-policy']).toContain(`style-src-elem 'self' 'nonce-${nonce}'`);
      expect(headers['cache-control']).toBe('no-store');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  test('the policy is the one of the design', async () => {
    const { headers } = await pageFiles(testPage())('/');
    expect(headers['content-security-policy']!.replace(/nonce-[^']+/, 'nonce-XYZ')).toBe(
      "default-src 'none'; script-src 'self'; style-src-elem 'self' 'nonce-XYZ'; style-src-attr 'unsafe-inline'; " +
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'",
    );
  });

  test('hashed assets are kept, everything else is asked for again', async () => {
    const page = pageFiles(testPage());
    expect((await page('/assets/main-0a1B2c3D.js')).headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
    });
    expect((await page('/favicon.svg')).headers['cache-control']).toBe('no-store');
    expect((await page('/assets/none-00000000.js')).status).toBe(404);
  });

  test('a page that is not built is said in a sentence', async () => {
    const { status, body } = await pageFiles(path.join(temporaryFolder(), 'nowhere'))('/');
    expect(status).toBe(503);
    expect(body).toContain('npm run build:page');
  });
});
