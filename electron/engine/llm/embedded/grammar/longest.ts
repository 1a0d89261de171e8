import type { z } from 'zod';

type Schema = z.core.JSONSchema.BaseSchema;

/** How long an answer of a schema may become: characters of its fixed parts, and how many texts it may hold. */
export interface Longest {
  fixed: number;
  texts: number;
}

const NUMBER = 24;

/** @param mostItems members of a list without a bound of its own */
export function longest(schema: Schema | boolean | undefined, mostItems: number): Longest {
  if (typeof schema !== 'object') return { fixed: 0, texts: 0 };
  const of = (part: Schema | boolean | undefined) => longest(part, mostItems);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return worst(choices.map(of));
  if (schema.const !== undefined || schema.enum) {
    const values = schema.enum ?? [schema.const];
    return { fixed: Math.max(...values.map((value) => JSON.stringify(value).length)), texts: 0 };
  }
  if (schema.properties) {
    const names = Object.keys(schema.properties).map((name) => ({ fixed: JSON.stringify(name).length + 2, texts: 0 }));
    return total([{ fixed: 2, texts: 0 }, ...names, ...Object.values(schema.properties).map(of)]);
  }
  if (schema.prefixItems) return total(schema.prefixItems.map(of).map(withComma));
  if (schema.type === 'array' && !Array.isArray(schema.items)) {
    const { fixed, texts } = withComma(of(schema.items));
    const most = Math.max(schema.minItems ?? 0, schema.maxItems ?? mostItems);
    return { fixed: 2 + most * fixed, texts: most * texts };
  }
  return schema.type === 'string' ? { fixed: 2, texts: 1 } : { fixed: NUMBER, texts: 0 };
}

const withComma = ({ fixed, texts }: Longest): Longest => ({ fixed: fixed + 1, texts });

const total = (parts: Longest[]): Longest => ({
  fixed: parts.reduce((sum, { fixed }) => sum + fixed, 0),
  texts: parts.reduce((sum, { texts }) => sum + texts, 0),
});

const worst = (parts: Longest[]): Longest => ({
  fixed: Math.max(...parts.map(({ fixed }) => fixed)),
  texts: Math.max(...parts.map(({ texts }) => texts)),
});
