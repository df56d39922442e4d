import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument, Operation, Schema } from './openapi-document.js';

/** Judges answers by the service's own OpenAPI document. What a DTO does not name, an answer may not have. */
export class OpenApiValidator {
  // Strict, so that a keyword which JSON Schema 2020-12 does not have, such as `nullable`, is an error.
  private readonly ajv = new Ajv2020({ allErrors: true, strictTypes: false });
  private readonly components: OpenApiDocument['components'];

  constructor(document: OpenApiDocument) {
    addFormats.default(this.ajv);
    this.ajv.addVocabulary(['components', 'example']);
    const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [
      name,
      close(schema),
    ]);
    this.components = { schemas: Object.fromEntries(schemas) as Record<string, Schema> };
  }

  /** What is wrong with a value, each with its place in it; empty where nothing is. */
  check(schema: Schema, value: unknown): string[] {
    const validate = this.ajv.compile({ ...schema, components: this.components });
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }

  /** What is wrong with the answer of an operation, the status and the media type included. */
  checkAnswer(operation: Operation, answer: { status: number; contentType: string; text: string }): string[] {
    const response = operation.responses[String(answer.status)];
    if (response === undefined) return [`${operation.name} does not document ${answer.status}`];
    const mediaType = answer.contentType.split(';')[0] ?? '';
    const documented = response.content?.[mediaType];
    if (documented === undefined) return [`${answer.status} does not document ${mediaType}`];
    const value: unknown = mediaType.endsWith('json') ? JSON.parse(answer.text) : answer.text;
    return this.check(documented.schema, value);
  }
}

function close(schema: Schema): Schema {
  const isOpen = schema.properties !== undefined && schema.additionalProperties === undefined;
  return isOpen ? { ...schema, additionalProperties: false } : schema;
}
