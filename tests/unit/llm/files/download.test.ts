import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/engine.ts';
import { type ModelFaults, type ModelServer, startModelServer } from '../../../support/model-server.ts';
import { BYTES, bring, CONTENT, SPEC, smallFiles, toEnd } from './support.ts';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer(BYTES);
});
afterAll(() => server.stop());

/** A folder, its files, and a server with these faults whose notes are empty. */
async function fresh(faults: ModelFaults = {}) {
  await server.set(faults);
  await server.asked();
  const dataDir = temporaryFolder('model');
  const files = smallFiles(dataDir, server.address);
  return { files, dataDir, target: path.join(dataDir, 'models', SPEC.file) };
}

describe('a download', () => {
  it('says where it asks, how far it is and how fast, and puts the verified file in place', async () => {
    const { files, target } = await fresh({ slowMs: 15 });
    expect(files.list()).toMatchObject({ inUse: null, job: null, problem: { code: 'LLM_MISSING' } });
    files.download();
    const states = await toEnd(files);
    expect(states.at(-1)).toMatchObject({ kind: 'download', status: 'done', done: BYTES, total: BYTES });
    const middle = states.filter(({ stage, bytesPerSecond }) => stage === 'downloading' && bytesPerSecond !== null);
    expect(middle.length).toBeGreaterThan(0);
    for (const { done, bytesPerSecond, leftMs } of middle) {
      expect(leftMs).toBeCloseTo((1000 * (BYTES - done)) / bytesPerSecond!, 3);
    }
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
    expect(files.list()).toMatchObject({
      problem: null,
      inUse: { path: target, place: 'data', check: 'verified', sha256: SPEC.sha256, bytes: BYTES },
    });
    expect((await server.asked()).map(({ url }) => url)).toEqual(['/someone/small/resolve/main/small.gguf']);
    expect(readdirSync(path.dirname(target)).filter((name) => name.includes('.part'))).toEqual([]);
    expect(await files.forUse()).toEqual({ path: target, title: SPEC.title, sha256: SPEC.sha256, known: true });
  });

  it('asks nobody before it is told to, and not again for a file that is there', async () => {
    const { files } = await fresh();
    files.list();
    await expect(files.forUse()).rejects.toMatchObject({ code: 'LLM_MISSING' });
    expect(await server.asked()).toEqual([]);
    expect((await bring(files)).status).toBe('done');
    expect(await bring(files)).toMatchObject({ status: 'done', note: 'The model is here already.' });
    expect(await server.asked()).toHaveLength(1);
  });

  it('is one at a time, pauses, goes on from there, and can be thrown away', async () => {
    const { files, dataDir, target } = await fresh({ slowMs: 10 });
    files.download();
    expect(() => files.download()).toThrow(expect.objectContaining({ code: 'MODEL_FILE_BUSY' }));
    for await (const { done } of files.follow()) if (done > BYTES / 4) break;
    expect(await files.pause()).toBe(true);
    expect(await files.pause()).toBe(false);
    const paused = files.list().job!;
    expect(paused.status).toBe('paused');
    const elsewhere = smallFiles(dataDir, server.address).list().job!;
    expect(elsewhere).toMatchObject({ status: 'paused', total: BYTES });
    expect(elsewhere.done).toBeGreaterThan(BYTES / 4);
    await server.asked();
    files.download();
    await server.set({});
    for await (const { done } of files.follow()) if (done > elsewhere.done) break;
    expect((await server.asked())[0]).toMatchObject({ range: `bytes=${elsewhere.done}-`, ifRange: '"first"' });
    await toEnd(files);
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
    expect(files.remove().inUse).toBe(null);

    await server.set({ slowMs: 10 });
    files.download();
    for await (const { done } of files.follow()) if (done > 0) break;
    expect(await files.cancel()).toBe(true);
    expect(files.list().job).toMatchObject({ status: 'cancelled' });
    expect(readdirSync(path.dirname(target)).filter((name) => name.includes('.part'))).toEqual([]);
    expect(await files.cancel()).toBe(false);
  });

  it('goes on by itself over connections that break off, and over a server that is busy for a while', async () => {
    const { files, target } = await fresh({ dropAfter: 150_000 });
    expect((await bring(files)).status).toBe('done');
    const asked = await server.asked();
    expect(asked.length).toBeGreaterThanOrEqual(4);
    const starts = asked.map(({ range }) => (range === null ? 0 : Number(/^bytes=([1-9]\d*)-$/.exec(range)![1])));
    expect(starts[0]).toBe(0);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(starts.at(-1)).toBeGreaterThan(0);
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
    const second = await fresh({ status: 503, times: 2, retryAfter: 0 });
    expect((await bring(second.files)).status).toBe('done');
  });

  it('gives up on a connection that brings nothing, and says so with what is kept', async () => {
    const { files } = await fresh({ stallAfter: 50_000, ignoreRange: true });
    const end = await bring(files);
    expect(end).toMatchObject({ status: 'failed', error: { code: 'MODEL_DOWNLOAD_FAILED' } });
    expect(end.error!.sentence).toMatch(
      /^The language model cannot be downloaded from http:\/\/127\.0\.0\.1:\d+\/someone\/small\/resolve\/main\/small\.gguf \(nothing arrived for 1 seconds\); what has arrived is kept/,
    );
    await server.set({});
    expect((await bring(files)).status).toBe('done');
  });

  it.each<[string, ModelFaults, RegExp]>([
    ['the server ignores the range', { ignoreRange: true }, /does not go on where a download ended/],
    ['the file on the server changed', { etag: '"second"' }, /file on the server changed/],
    [
      'the server sends the rest of a changed file',
      { etag: '"second"', ignoreIfRange: true },
      /file on the server changed/,
    ],
    ['the server has no such range', { status: 416, times: 1 }, /file on the server changed/],
  ])('begins anew where %s', async (_, faults, note) => {
    const { files, target } = await fresh({ dropAfter: 200_000, times: 0 });
    files.download();
    for await (const { done } of files.follow()) if (done > 100_000) break;
    await files.pause();
    await server.set(faults);
    const end = await bring(files);
    expect(end).toMatchObject({ status: 'done', note: expect.stringMatching(note) });
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
  });

  it.each<[string, ModelFaults, RegExp]>([
    ['a web page', { html: true }, /it sends a web page instead of the model/],
    ['a text that is no model', { text: 'version https://git-lfs.github.com ' }, /what it sends is not a model file/],
    ['a file of another size', { shortTo: 1000 }, /its file has 1000 bytes, not 600000/],
    ['no such file', { status: 404 }, /it has no such file \(404\)/],
    ['a refusal', { status: 403 }, /it refuses the file \(403\)/],
    ['a server that fails again and again', { status: 500 }, /it answers 500/],
    ['a server that has not even its first byte', { status: 416 }, /it answers 416\); nothing of it is here yet\.$/],
    ['a circle', { redirectTo: '/somewhere' }, /it redirects in a circle/],
  ])('refuses %s in one sentence', async (_, faults, problem) => {
    const { files, target } = await fresh(faults);
    const end = await bring(files);
    expect(end).toMatchObject({ status: 'failed', error: { code: 'MODEL_DOWNLOAD_FAILED' } });
    expect(end.error!.sentence).toMatch(problem);
    expect(end.error!.sentence).not.toMatch(/kept/);
    expect(end.note).toBeNull();
    expect(existsSync(target)).toBe(false);
  });

  it('finds one flipped byte among those that arrived, and throws them away', async () => {
    const { files, target } = await fresh({ flipAt: 345_678 });
    const end = await bring(files);
    expect(end).toMatchObject({ status: 'failed', error: { code: 'MODEL_FILE_DAMAGED' } });
    expect(existsSync(target)).toBe(false);
    await server.set({});
    expect((await bring(files)).status).toBe('done');
  });

  it('begins anew where what an earlier download left is of another model, or longer than this one', async () => {
    const { files, target } = await fresh();
    mkdirSync(path.dirname(target));
    writeFileSync(`${target}.part`, 'GGUF of another kind');
    expect((await bring(files)).status).toBe('done');
    files.remove();
    await server.asked();
    files.download();
    await files.pause();
    writeFileSync(`${target}.part`, Buffer.alloc(BYTES + 1));
    expect((await bring(files)).status).toBe('done');
    for (const { range } of await server.asked()) expect(range).toBe(null);
  });

  it('follows the server to where the file lies', async () => {
    const { files } = await fresh({ redirectTo: '/elsewhere/small.gguf' });
    expect((await bring(files)).status).toBe('done');
    expect((await server.asked()).map(({ url }) => url).at(-1)).toBe('/elsewhere/small.gguf');
  });

  it('says what a mirror may be', () => {
    const files = smallFiles(temporaryFolder('model'), 'ftp://somewhere');
    expect(() => files.download()).toThrow(expect.objectContaining({ code: 'BAD_SETTING' }));
    expect(files.list().known.address).toMatch(/^https:\/\/huggingface\.co\//);
  });

  it('says that nobody listens at the address', async () => {
    const files = smallFiles(temporaryFolder('model'), 'http://127.0.0.1:9');
    expect((await bring(files)).error?.sentence).toMatch(/it refuses the connection/);
  });
});

describe('a proxy', () => {
  /** A proxy that passes on what it is asked for, and refuses tunnels. */
  async function startProxy() {
    const asked: string[] = [];
    const proxy = http.createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const passed = http.request(request.url!, { headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
      passed.end();
    });
    proxy.on('connect', (request, socket) => {
      asked.push(`CONNECT ${request.url}`);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as { port: number };
    return { asked, address: `http://127.0.0.1:${port}`, close: () => proxy.close() };
  }

  it('is asked instead of the server, except for hosts of NO_PROXY, and over a tunnel for https', async () => {
    const proxy = await startProxy();
    await server.set({});
    const env = { BRAINNET_MODEL_MIRROR: server.address, HTTP_PROXY: proxy.address, HTTPS_PROXY: proxy.address };
    expect((await bring(smallFiles(temporaryFolder('model'), '', { env }))).status).toBe('done');
    expect(proxy.asked).toEqual([`GET ${server.address}/someone/small/resolve/main/small.gguf`]);
    const direct = { ...env, NO_PROXY: '127.0.0.1' };
    expect((await bring(smallFiles(temporaryFolder('model'), '', { env: direct }))).status).toBe('done');
    expect(proxy.asked).toHaveLength(1);
    const secure = { ...env, BRAINNET_MODEL_MIRROR: 'https://models.invalid' };
    const end = await bring(smallFiles(temporaryFolder('model'), '', { env: secure }));
    expect(end.error?.code).toBe('MODEL_DOWNLOAD_FAILED');
    expect(proxy.asked.at(-1)).toBe('CONNECT models.invalid:443');
    proxy.close();
  });
});

describe('a file in use', () => {
  it('is found damaged before it is used: a flipped byte, a missing end', async () => {
    const { files, target, dataDir } = await fresh();
    await bring(files);
    const flipped = Buffer.from(CONTENT);
    flipped[BYTES / 2]! ^= 1;
    writeFileSync(target, flipped);
    await expect(files.forUse()).rejects.toMatchObject({ code: 'MODEL_FILE_DAMAGED' });
    expect(files.list()).toMatchObject({ inUse: { check: 'damaged' }, problem: { code: 'MODEL_FILE_DAMAGED' } });
    const atNextStart = smallFiles(dataDir, server.address);
    await expect(atNextStart.forUse()).rejects.toMatchObject({ code: 'MODEL_FILE_DAMAGED' });
    await expect(atNextStart.verify()).rejects.toMatchObject({ code: 'MODEL_FILE_DAMAGED' });
    truncateSync(target, BYTES - 1);
    await expect(files.forUse()).rejects.toThrow(/it has 599999 bytes, not 600000/);
    expect((await bring(files)).status).toBe('done');
    expect((await files.forUse()).known).toBe(true);
    expect((await files.verify()).inUse?.check).toBe('verified');
  });

  it('is taken from the packaged app first, and from the data folder where that one is damaged', async () => {
    const { files, target, dataDir } = await fresh();
    await bring(files);
    const resources = temporaryFolder('resources');
    const packaged = path.join(resources, SPEC.file);
    writeFileSync(packaged, CONTENT);
    const app = smallFiles(dataDir, server.address, { resourceDirs: [resources] });
    expect((await app.forUse()).path).toBe(packaged);
    expect(app.list().inUse).toMatchObject({ place: 'resources', check: 'verified' });
    const flipped = Buffer.from(CONTENT);
    flipped[5000]! ^= 1;
    writeFileSync(packaged, flipped);
    expect((await app.forUse()).path).toBe(target);
    expect(app.remove()).toMatchObject({ inUse: { check: 'damaged' }, problem: { code: 'MODEL_FILE_DAMAGED' } });
    expect(existsSync(packaged)).toBe(true);
  });
});

describe('a mirror that wants a key', () => {
  it('gets it with every request, its path as it is, and no file, view or error holds it', async () => {
    await server.set({ dropAfter: 100_000 });
    await server.asked();
    const dataDir = temporaryFolder('model');
    const mirror = `${server.address.replace('//', '//me:PASSWORD@')}/llms/?token=SECRET&b=2`;
    const files = smallFiles(dataDir, mirror);
    files.download();
    for await (const { done } of files.follow()) if (done > 0) break;
    await files.pause();
    const held = readdirSync(path.join(dataDir, 'models')).map((name) =>
      readFileSync(path.join(dataDir, 'models', name), 'latin1'),
    );
    expect(held.length).toBeGreaterThan(1);
    expect(held.join('')).not.toMatch(/SECRET|PASSWORD/);
    expect(held.join('')).toContain(`${server.address}/llms/someone/small/resolve/main/small.gguf`);
    expect(files.list().known.address).toBe(`${server.address}/llms/someone/small/resolve/main/small.gguf`);
    const [first] = await server.asked();
    expect(first!.url).toBe('/llms/someone/small/resolve/main/small.gguf?token=SECRET&b=2');
    await server.set({ status: 404 });
    expect(JSON.stringify(await bring(files))).not.toMatch(/SECRET|PASSWORD/);
  });

  it('leaves none in what an earlier version wrote of a download', async () => {
    await server.set({});
    const { files, target } = await fresh({ slowMs: 10 });
    files.download();
    for await (const { done } of files.follow()) if (done > 0) break;
    await files.pause();
    const mark = `${target}.part.json`;
    const secret = readFileSync(mark, 'utf8')
      .replace('/someone', '/llms?token=SECRET/someone')
      .replace('//', '//u:PW@');
    writeFileSync(mark, secret);
    await server.set({ status: 404 });
    await bring(files);
    expect(readFileSync(mark, 'utf8')).not.toMatch(/SECRET|PW/);
  });

  it('is not repeated where it is no address', () => {
    const files = smallFiles(temporaryFolder('model'), 'ftp://me:PASSWORD@mirror?token=SECRET');
    expect(() => files.download()).toThrow(/^BRAINNET_MODEL_MIRROR is ftp:\/\/mirror, but/);
  });
});
