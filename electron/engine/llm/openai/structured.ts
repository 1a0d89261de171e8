import { type ZodType, z } from 'zod';
import { plainJson } from '../../platform/index.ts';

/** How a server is made to answer in JSON, the strictest first. */
export const JSON_MODES = ['json_schema', 'json_object', 'text'] as const;
export type JsonMode = (typeof JSON_MODES)[number];

export type ResponseFormat =
  | { type: 'json_object' }
  | { type: 'json_schema'; json_schema: { name: string; strict: boolean; schema: Record<string, unknown> } };

export function jsonSchemaOf(schema: ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' }) as Record<string, unknown>;
  return rest;
}

export function responseFormat(mode: JsonMode, schema: ZodType): ResponseFormat | undefined {
  if (mode === 'text') return undefined;
  if (mode === 'json_object') return { type: 'json_object' };
  return { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: jsonSchemaOf(schema) } };
}

/** What must be said in words where the server does not hold the model to the schema. */
export function schemaInWords(schema: ZodType): string {
  return `Answer with one JSON object of this JSON schema, and nothing else: ${JSON.stringify(jsonSchemaOf(schema))}`;
}

/** Whether a refusal is about the form of the answer that was asked for. */
export const isAboutForm = (said: string): boolean =>
  /response.?format|json.?(schema|object|mode)|structured|grammar/i.test(said);

export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: string };

/** The JSON of an answer, also where words or a fence stand around it, by the schema. */
export function parseAnswer<T>(text: string, schema: ZodType<T>): Parsed<T> {
  const json = jsonIn(text);
  if (json === undefined) return { ok: false, problem: 'it is not JSON' };
  const result = schema.safeParse(json);
  if (result.success) return { ok: true, value: result.data };
  const [issue] = result.error.issues;
  const place = plainJson(issue?.path.join('.') ?? '').slice(0, 60) || 'the whole';
  // The words for a key too many are the model's own.
  const why = issue?.code === 'unrecognized_keys' ? 'it has keys that were not asked for' : (issue?.message ?? '');
  return { ok: false, problem: `${place} is not as asked (${why.slice(0, 120)})` };
}

function jsonIn(text: string): unknown {
  const inside = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  for (const candidate of [text, inside]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // perhaps the other
    }
  }
  return undefined;
}
