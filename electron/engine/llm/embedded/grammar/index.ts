import { type ZodType, z } from 'zod';
import { alternatives } from './alternatives.ts';
import { longest } from './longest.ts';
import { numberRule } from './numbers.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** Most characters of a text and most members of a list where the schema sets no bound of its own. */
const MOST_CHARACTERS = 400;
const MOST_ITEMS = 8;
/** Of a dash or an escaped sign. */
const BYTES_A_CHARACTER = 3;

/**
 * Characters of a text: ASCII, dashes, quotation marks, the ellipsis and the euro. None of a byte of its own above ASCII,
 * so that no row of byte tokens can make a text that is not UTF-8.
 */
const CHARACTER = `char ::= [ !#-[\\]-~\\u2010-\\u2026\\u20ac] | "\\\\" ["\\\\n]`;

/**
 * The GBNF grammar of compact JSON of a schema: properties in their order, all of them; numbers of a range one by one;
 * texts and lists bounded. A space may lead, as the first word of many tokenizers has one.
 * @throws Error where the schema holds what no answer can be asked for (patterns, records, references)
 */
export function grammarOf(schema: ZodType): string {
  return written(jsonSchemaOf(schema), Number.POSITIVE_INFINITY);
}

/**
 * The same with texts so short that the answer ends within `maxTokens`, even where each byte is a token of its own; null where
 * no answer of the schema is that short for sure.
 */
export function shortGrammarOf(schema: ZodType, maxTokens: number): string | null {
  const json = jsonSchemaOf(schema);
  const { fixed, texts } = longest(json, MOST_ITEMS);
  const left = maxTokens - fixed - 2;
  if (left < 0) return null;
  return written(json, texts === 0 ? 0 : Math.floor(left / texts / BYTES_A_CHARACTER));
}

const jsonSchemaOf = (schema: ZodType): Schema => z.toJSONSchema(schema, { io: 'input' });

function written(schema: Schema, mostCharacters: number): string {
  const texts: Texts = { rules: new Map(), mostCharacters };
  const root = rule(schema, texts);
  const rules = [`root ::= " "? ${root}`, CHARACTER, ...[...texts.rules].map(([name, text]) => `${name} ::= ${text}`)];
  return `${rules.join('\n')}\n`;
}

/** The rules of texts by name: written in place, their repetitions would multiply with those of lists. */
interface Texts {
  rules: Map<string, string>;
  mostCharacters: number;
}

function rule(schema: Schema | boolean | undefined, texts: Texts): string {
  if (typeof schema !== 'object') throw unusable('a value of any kind');
  if (schema.const !== undefined) return literal(JSON.stringify(schema.const));
  if (schema.enum) return alternatives(schema.enum.map((value) => JSON.stringify(value)));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return `(${choices.map((choice) => rule(choice, texts)).join(' | ')})`;
  switch (schema.type) {
    case 'object':
      return objectRule(schema, texts);
    case 'array':
      return arrayRule(schema, texts);
    case 'string':
      return stringRule(schema, texts);
    case 'number':
    case 'integer':
      return numberOf(schema);
    case 'boolean':
      return '("true" | "false")';
    case 'null':
      return '"null"';
    default:
      throw unusable(JSON.stringify(schema).slice(0, 80));
  }
}

function objectRule({ properties }: Schema, texts: Texts): string {
  if (!properties) throw unusable('an object of any names');
  const members = Object.entries(properties).map(
    ([name, value]) => `${literal(`${JSON.stringify(name)}:`)} ${rule(value, texts)}`,
  );
  return `"{" ${members.join(' "," ')} "}"`;
}

function arrayRule(schema: Schema, texts: Texts): string {
  if (schema.prefixItems) return `"[" ${schema.prefixItems.map((item) => rule(item, texts)).join(' "," ')} "]"`;
  if (Array.isArray(schema.items)) throw unusable('a list of several kinds');
  const item = rule(schema.items, texts);
  const least = schema.minItems ?? 0;
  const most = Math.max(least, schema.maxItems ?? MOST_ITEMS);
  if (most === 0) return '"[]"';
  const many = `${item} ("," ${item}){${Math.max(0, least - 1)},${most - 1}}`;
  return `"[" ${least === 0 ? `(${many})?` : many} "]"`;
}

function stringRule({ minLength = 0, maxLength, pattern, format }: Schema, texts: Texts): string {
  if (pattern || format) throw unusable('a text of a pattern');
  const most = Math.max(minLength, Math.min(texts.mostCharacters, maxLength ?? MOST_CHARACTERS));
  const name = `text-${minLength}-${most}`;
  texts.rules.set(name, `"\\"" char{${minLength},${most}} "\\""`);
  return name;
}

function numberOf(schema: Schema): string {
  return numberRule({
    integer: schema.type === 'integer',
    minimum: schema.minimum ?? Number.NEGATIVE_INFINITY,
    maximum: schema.maximum ?? Number.POSITIVE_INFINITY,
    exclusiveMinimum: typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum : Number.NEGATIVE_INFINITY,
    exclusiveMaximum: typeof schema.exclusiveMaximum === 'number' ? schema.exclusiveMaximum : Number.POSITIVE_INFINITY,
    multipleOf: schema.multipleOf ?? null,
  });
}

const literal = (text: string) => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;

const unusable = (what: string) => new Error(`A constrained answer cannot hold ${what}.`);
