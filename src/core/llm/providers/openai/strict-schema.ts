import { asRecord } from '../read-value.js';
import type { JsonSchema } from '../../chat-model.js';

/** What OpenAI's strict mode takes at the most. */
const MAX_DEPTH = 10;
/** Keywords that it knows, and that change nothing when they are sent as they are. */
const KEPT = new Set([
  ...['type', 'enum', 'const', 'description', 'title', 'minimum', 'maximum', 'multipleOf'],
  ...['exclusiveMinimum', 'exclusiveMaximum', 'minItems', 'maxItems'],
]);
/** Keywords that it doesn't know but that only narrow: answers are checked against them afterwards. */
const DROPPED = new Set([
  ...['$schema', '$id', '$comment', 'default', 'example', 'examples', 'deprecated', 'readOnly', 'writeOnly'],
  ...['minLength', 'maxLength', 'pattern', 'format', 'uniqueItems', 'minProperties', 'maxProperties'],
]);

/** The schema can't be said in strict mode. */
class NotStrictError extends Error {}

/**
 * A schema as OpenAI's strict mode wants it: every object closed, every property required, with null standing for
 * those that are not. Null where it can't be said so.
 */
export function toStrictSchema(schema: JsonSchema): JsonSchema | null {
  try {
    return schema['type'] === 'object' ? strict(schema, 1) : null;
  } catch (error) {
    if (error instanceof NotStrictError) return null;
    throw error;
  }
}

/** The data without the nulls that stand for properties that are not there. */
export function withoutFillers(data: unknown, schema: JsonSchema): unknown {
  if (Array.isArray(data)) {
    const items = asRecord(schema['items']);
    return data.map((item: unknown) => withoutFillers(item, items));
  }
  if (typeof data !== 'object' || data === null) return data;
  const properties = asRecord(schema['properties']);
  const required = new Set(asList(schema['required']));
  const kept = Object.entries(data)
    .filter(([name, value]) => value !== null || required.has(name) || takesNull(properties[name]))
    .map(([name, value]) => [name, withoutFillers(value, asRecord(properties[name]))] as const);
  return Object.fromEntries(kept);
}

function strict(schema: JsonSchema, depth: number): JsonSchema {
  if (depth > MAX_DEPTH) throw new NotStrictError();
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (KEPT.has(keyword)) result[keyword] = value;
    else if (keyword === 'items') result['items'] = strict(asRecord(value), depth + 1);
    else if (keyword === 'anyOf') {
      result['anyOf'] = asList(value).map((choice) => strict(withoutOptional(choice), depth + 1));
    } else if (!DROPPED.has(keyword) && !OF_OBJECTS.has(keyword)) throw new NotStrictError();
  }
  if (['type', 'enum', 'const', 'anyOf'].every((keyword) => !(keyword in result))) throw new NotStrictError();
  if (schema['type'] === 'array' && !('items' in result)) throw new NotStrictError();
  return isObject(schema) ? { ...result, ...strictObject(schema, depth) } : result;
}

const OF_OBJECTS = new Set(['properties', 'required', 'additionalProperties']);

function strictObject(schema: JsonSchema, depth: number): JsonSchema {
  const properties = Object.entries(asRecord(schema['properties']));
  const isOpen = schema['additionalProperties'] !== undefined && schema['additionalProperties'] !== false;
  if (isOpen || properties.length === 0) throw new NotStrictError();
  const required = new Set(asList(schema['required']));
  return {
    properties: Object.fromEntries(
      properties.map(([name, value]) => {
        const property = strict(asRecord(value), depth + 1);
        const isFilled = required.has(name) || takesNull(value);
        return [name, isFilled ? property : { anyOf: [property, { type: 'null' }] }];
      }),
    ),
    required: properties.map(([name]) => name),
    additionalProperties: false,
  };
}

/** Which of several choices an answer took can't be seen, so nor can which of its nulls are fillers. */
function withoutOptional(choice: unknown): JsonSchema {
  const schema = asRecord(choice);
  const names = Object.keys(asRecord(schema['properties']));
  const required = new Set(asList(schema['required']));
  if (names.some((name) => !required.has(name))) throw new NotStrictError();
  return schema;
}

function isObject({ type }: JsonSchema): boolean {
  return type === 'object' || (Array.isArray(type) && type.includes('object'));
}

function takesNull(schema: unknown): boolean {
  const { type, enum: values, anyOf, const: constant } = asRecord(schema);
  return (
    type === 'null' ||
    asList(type).includes('null') ||
    asList(values).includes(null) ||
    constant === null ||
    asList(anyOf).some(takesNull)
  );
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
