import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import type { JsonSchema, StructuredChatRequest } from '../../chat-model.js';
import { asRecord } from '../read-value.js';

/** Keywords that Anthropic's structured output has no words for, and that change which answers are valid. */
const INEXPRESSIBLE = ['patternProperties', 'not', 'if', 'prefixItems', 'dependentSchemas', '$ref'];

/** A schema as Anthropic's structured output wants it, with its bounds as hints. Null where it can't be said so. */
export function toOutputSchema(schema: JsonSchema): Record<string, unknown> | null {
  if (!isExpressible(schema)) return null;
  try {
    return transformJSONSchema(schema);
  } catch {
    // The SDK's word for a schema without a type.
    return null;
  }
}

/** The system prompt that asks for the form in words. */
export function asInstruction({ system, schema }: StructuredChatRequest): string {
  const instruction =
    'Answer with one JSON object that is valid against this JSON Schema, and with nothing else:\n' +
    JSON.stringify(schema.json);
  return system === undefined ? instruction : `${system}\n\n${instruction}`;
}

function isExpressible(schema: unknown): boolean {
  const { additionalProperties, properties, items, anyOf, oneOf, allOf, type, ...others } = asRecord(schema);
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  const isEmpty = type === 'object' && Object.keys(asRecord(properties)).length === 0;
  if (isOpen || isEmpty || Array.isArray(type) || INEXPRESSIBLE.some((keyword) => keyword in others))
    return false;
  const parts = [...Object.values(asRecord(properties)), ...[items, anyOf, oneOf, allOf].flat()];
  return parts.filter((part) => part !== undefined).every(isExpressible);
}
