import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../../../electron/engine/platform/index.ts';
import { composeVersion } from '../../../../electron/engine/vision/finetune/compose-version.ts';
import { headsId, type StoredHead } from '../../../../electron/engine/vision/finetune/heads.ts';
import { headsFiles } from '../../../../electron/engine/vision/finetune/heads-files.ts';
import { openHeadsStore } from '../../../../electron/engine/vision/finetune/heads-store.ts';
import { temporaryFolder } from '../../../support/engine.ts';
import { BASE, trained, versionInput } from './versions.ts';

/** The first of the weights is a NaN, whose float32 is 00 00 c0 7f. */
const nanWeights = ({ weights }: StoredHead) =>
  Buffer.concat([Buffer.from([0, 0, 0xc0, 0x7f]), Buffer.from(weights, 'base64').subarray(4)]).toString('base64');

let dir: string;
const open = (base = BASE) => openHeadsStore(dir, base);
const first = composeVersion(versionInput({ seed: 1 }));
const second = composeVersion(versionInput({ seed: 2 }));

beforeEach(() => {
  dir = path.join(temporaryFolder('heads'), 'heads');
});

describe('versions of heads', () => {
  it('are shipped ones at first, and nothing is written by looking', () => {
    expect(open().list()).toEqual({ inForce: null, problem: null, before: null, versions: [], unusable: [] });
    expect(() => readdirSync(dir)).toThrow('ENOENT');
  });

  it('stay in force over restarts, with the weights as float32 values', () => {
    open().keep(first);
    const again = open();
    expect(again.list()).toMatchObject({ inForce: first.id, before: 'shipped' });
    const { content, linear } = again.inForce()!;
    const stored = linear[content.heads.findIndex(({ head }) => head === 'regime')]!;
    const expected = trained(1).find(({ head }) => head === 'regime')!.fitted;
    expect([...stored.weights]).toEqual([...expected.weights].map(Math.fround));
    expect(stored.scale).toBe(expected.scale);
  });

  it('roll back one by one to the shipped heads, and no further', () => {
    const store = open();
    store.keep(first);
    store.keep(second);
    expect(store.rollback().inForce).toBe(first.id);
    expect(open().rollback().inForce).toBe(null);
    expect(() => open().rollback()).toThrow('nothing to roll back to');
    expect(
      open()
        .list()
        .versions.map(({ id }) => id)
        .sort(),
    ).toEqual([first.id, second.id].sort());
  });

  it('can be chosen by id, or left for the shipped ones', () => {
    const store = open();
    store.keep(first);
    store.keep(second);
    expect(store.use(first.id)).toMatchObject({ inForce: first.id, before: second.id });
    expect(store.use('shipped').inForce).toBe(null);
    expect(() => store.use('h-20200101-00000000')).toThrow(
      /There are no fine-tuned heads h-20200101-00000000; there are: h-/,
    );
  });
});

describe('files that cannot be trusted', () => {
  const fileOf = (id: string) => path.join(dir, `${id}.json`);
  const change = (file: string, edit: (text: string) => string) =>
    writeFileSync(file, edit(readFileSync(file, 'utf8')));

  it.each([
    ['cut short', (text: string) => text.slice(0, text.length / 2), 'cut short'],
    ['altered', (text: string) => text.replace('"seed":1', '"seed":3'), 'SHA-256'],
    ['empty', () => '', 'cut short'],
  ])('%s heads in force are refused by name, and the shipped ones stand in', (_, edit, why) => {
    open().keep(first);
    change(fileOf(first.id), edit);
    const store = open();
    expect(store.inForce()).toBe(null);
    expect(store.problem()).toContain(`${first.id}.json`);
    expect(store.problem()).toContain(why);
    expect(store.problem()).toContain('The shipped heads are used instead.');
    expect(store.list().unusable[0]).toMatchObject({ file: `${first.id}.json` });
    expect(() => store.use(first.id)).toThrow(`${first.id}.json`);
  });

  it('another file of the same name, with a hash of its own, is refused too', () => {
    open().keep(first);
    const other = openHeadsStore(path.join(dir, 'other'), BASE);
    const forged = other.keep({ ...first, seed: 9 }).content.id;
    writeFileSync(fileOf(first.id), readFileSync(path.join(dir, 'other', `${forged}.json`)));
    expect(open().problem()).toContain('not the file that was put in force');
  });

  it('content edited by hand is refused by its name, though its own SHA-256 was written anew', () => {
    open().keep(first);
    const content = { ...first, trainedThrough: '2001-01-01' };
    writeFileSync(fileOf(first.id), JSON.stringify({ sha256: sha256(canonicalJson(content)), content }));
    const store = open();
    expect(() => store.use(first.id)).toThrow('not the content that it is named after');
    expect(store.list().unusable).toEqual([expect.objectContaining({ file: `${first.id}.json` })]);
  });

  it.each([
    ['a weight that is no number', (head: StoredHead) => [{ ...head, weights: nanWeights(head) }], 'finite'],
    ['a head twice', (head: StoredHead) => [head, head], 'twice'],
    ['too few weights', (head: StoredHead) => [{ ...head, weights: 'AAAAAA==' }], 'size'],
  ])('%s is refused, even under a name of its own', (_, heads, why) => {
    const { id: _id, ...rest } = { ...first, heads: heads(first.heads[0]!) };
    const id = headsId(rest);
    const content = { ...rest, id };
    mkdirSync(dir, { recursive: true });
    writeFileSync(fileOf(id), JSON.stringify({ sha256: sha256(canonicalJson(content)), content }));
    expect(() => open().use(id)).toThrow(why);
  });

  it('heads of other weights are refused by name', () => {
    open().keep(first);
    const store = open('f'.repeat(64));
    expect(store.inForce()).toBe(null);
    expect(store.problem()).toContain('other weights');
  });

  it('a pointer that is gone is told by name: heads are there, and none of them is in force', () => {
    open().keep(first);
    rmSync(path.join(dir, 'in-force.json'));
    const store = open();
    expect(store.inForce()).toBe(null);
    expect(store.problem()).toBe(
      `The fine-tuned heads in-force.json are not used: it is missing, though there are fine-tuned heads (${first.id}), so none is in force; choose with: brainnet finetune use ID, or use shipped. The shipped heads are used instead.`,
    );
    expect(store.list()).toMatchObject({ inForce: null, problem: store.problem(), versions: [{ id: first.id }] });
    expect(store.use('shipped')).toMatchObject({ inForce: null, problem: null });
    expect(open().problem()).toBe(null);
  });

  it.each([
    ['damaged', (file: string) => writeFileSync(file, '{')],
    ['gone', (file: string) => rmSync(file)],
  ])('a pointer that is %s lets no new heads be kept, which would drop the others, before a choice', (_, harm) => {
    open().keep(first);
    harm(path.join(dir, 'in-force.json'));
    const store = open();
    expect(() => store.keep(second)).toThrow(
      /^The fine-tuned heads in-force\.json are not used: .*; choose with: brainnet finetune use ID, or use shipped, before new heads are kept\.$/,
    );
    expect(headsFiles(dir)).toEqual([first.id]);
    expect(store.problem()).not.toBe(null);
    store.use(first.id);
    expect(store.keep(second).content.id).toBe(second.id);
    expect(open().list()).toMatchObject({ inForce: second.id, before: first.id, problem: null });
  });

  it('heads in force that are gone or damaged let none be kept either', () => {
    open().keep(first);
    open().keep(second);
    rmSync(fileOf(second.id));
    const store = open();
    expect(() => store.keep(composeVersion(versionInput({ seed: 3 })))).toThrow(`${second.id}.json`);
    expect(store.use('shipped').problem).toBe(null);
  });

  it.each([
    ['a file', () => writeFileSync(dir, ''), 'it is not a folder'],
    [
      'a link that leads nowhere',
      () => symlinkSync(path.join(dir, '..', 'gone'), dir),
      'it is a link that leads nowhere',
    ],
  ])('a folder that is %s is told, and nothing is kept in it', (_, make, why) => {
    make();
    const store = open();
    expect(store.inForce()).toBe(null);
    expect(store.problem()).toBe(
      `The fine-tuned heads in the folder heads are not used: ${why}. The shipped heads are used instead.`,
    );
    expect(() => store.keep(first)).toThrow(why);
    expect(() => store.use('shipped')).toThrow(why);
    expect(store.problem()).not.toBe(null);
  });

  it('heads of before they were bound to what they were validated on are refused in these words', () => {
    mkdirSync(dir, { recursive: true });
    const content = { ...first, format: 1 };
    writeFileSync(fileOf(first.id), JSON.stringify({ sha256: sha256(canonicalJson(content)), content }));
    const { unusable } = open().list();
    expect(unusable[0]!.problem).toBe('it does not say where its heads were validated; fine-tune again');
  });

  it('are found by their SHA-256, in force or not', () => {
    const store = open();
    store.keep(first);
    store.keep(second);
    const { sha256: hash } = store.list().versions.find(({ id }) => id === first.id)!;
    expect(store.find(hash)!.content.id).toBe(first.id);
    expect(store.find('0'.repeat(64))).toBe(null);
  });

  it('heads that are gone leave the shipped ones, and a choice puts things right', () => {
    const store = open();
    store.keep(first);
    store.keep(second);
    writeFileSync(path.join(dir, 'in-force.json'), '{"sha256":"');
    const after = open();
    expect(after.problem()).toContain('in-force.json');
    expect(after.use(first.id)).toMatchObject({ inForce: first.id, problem: null });
    expect(open().inForce()?.content.id).toBe(first.id);
  });
});
