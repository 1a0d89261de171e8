import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { grammarOf } from '../../../../electron/engine/llm/embedded/grammar/index.ts';

/** The rule of a schema as a regular expression, to ask it about texts: rules here use what both know. */
function patternOf(schema: z.ZodType): RegExp {
  const rules = new Map(
    grammarOf(schema)
      .trim()
      .split('\n')
      .map((line) => line.split(' ::= ') as [string, string]),
  );
  const expand = (rule: string): string =>
    rule.replace(/"((?:[^"\\]|\\.)*)"|\[(?:[^\]\\]|\\.)*\]|[a-z][a-z0-9-]*|\s+/g, (part, literal?: string) => {
      if (literal !== undefined) return `(?:${escaped(literal.replace(/\\(.)/g, '$1'))})`;
      if (part.startsWith('[')) return part;
      return part.trim() === '' ? '' : `(?:${expand(rules.get(part)!)})`;
    });
  return new RegExp(`^(?:${expand(rules.get('root')!)})$`);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

describe('integers of a range', () => {
  test.each([
    [0, 10],
    [-30, 30],
    [7, 7],
    [95, 1203],
  ])('from %i to %i are allowed, and no others', (low, high) => {
    const pattern = patternOf(z.int().min(low).max(high));
    for (let value = low - 120; value <= high + 120; value++) {
      expect(pattern.test(String(value))).toBe(value >= low && value <= high);
    }
    for (const text of ['', '-', '01', '1.5', '1e1', '+1', String(high * 10 + 9)])
      expect(pattern.test(text)).toBe(false);
  });
});

test('a share is told in steps of a thousandth', () => {
  const pattern = patternOf(z.number().min(0).max(1));
  for (const text of ['0', '1', '0.5', '0.78', '0.999', '0.001']) expect(pattern.test(text)).toBe(true);
  for (const text of ['1.1', '2', '-0.1', '0.0001', '1.0', '.5']) expect(pattern.test(text)).toBe(false);
});

test('an open range holds its sign', () => {
  const positive = patternOf(z.number().positive());
  for (const text of ['1', '0.5', '412.37', '0.000001']) expect(positive.test(text)).toBe(true);
  for (const text of ['0', '-1', '0.0', '1e9', '0.000000']) expect(positive.test(text)).toBe(false);
  const any = patternOf(z.number());
  for (const text of ['0', '-1.25', '3']) expect(any.test(text)).toBe(true);
});

test('texts are bounded, printable, and escaped as JSON', () => {
  const pattern = patternOf(z.string().min(1).max(4));
  for (const text of ['"a"', '"four"', '"a\\"b"', '"€–’…"']) expect(pattern.test(text)).toBe(true);
  for (const text of ['""', '"longer"', '"a\nb"', '"a"b"', '"é"', '"\\u0041"']) expect(pattern.test(text)).toBe(false);
});

test('objects hold all their members in order, lists as many as they may', () => {
  const schema = z.object({ action: z.enum(['LONG', 'HOLD']), because: z.array(z.boolean()).max(2), price: z.null() });
  const pattern = patternOf(schema);
  for (const list of ['[]', '[true]', '[true,false]'])
    expect(pattern.test(`{"action":"LONG","because":${list},"price":null}`)).toBe(true);
  expect(pattern.test('{"action":"LONG","because":[true,true,true],"price":null}')).toBe(false);
  expect(pattern.test('{"because":[],"action":"LONG","price":null}')).toBe(false);
  expect(pattern.test('{"action":"BUY","because":[],"price":null}')).toBe(false);
  expect(pattern.test(' {"action":"HOLD","because":[],"price":null}')).toBe(true);
});

test('whatever the choices are, they and only they are allowed', () => {
  const words = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 5, unit: 'grapheme-ascii' }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(words, fc.string({ maxLength: 5 }), (choices, other) => {
      const pattern = patternOf(z.enum(choices as [string, ...string[]]));
      for (const choice of choices) expect(pattern.test(JSON.stringify(choice))).toBe(true);
      expect(pattern.test(JSON.stringify(other))).toBe(choices.includes(other));
    }),
    { numRuns: 200 },
  );
});

test('what no answer can be asked for is refused', () => {
  for (const schema of [z.record(z.string(), z.number()), z.unknown(), z.string().regex(/a/)]) {
    expect(() => grammarOf(schema)).toThrow('A constrained answer cannot hold');
  }
});
