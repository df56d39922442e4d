import type { OpenAPIObject } from '@nestjs/swagger';
import { ONLY_IN } from '../common/http/only-in.decorator.js';
import { separateBodies } from './separate-bodies.js';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'multipart/form-data';

/** A document with one endpoint, whose body is the schema named `Body` in each of these media types. */
function documentOf(schema: object, mediaTypes: readonly string[]): OpenAPIObject {
  const content = Object.fromEntries(
    mediaTypes.map((mediaType) => [mediaType, { schema: { $ref: '#/components/schemas/Body' } }]),
  );
  return {
    openapi: '3.0.0',
    info: { title: '', version: '' },
    paths: { '/': { post: { requestBody: { content }, responses: {} }, get: { responses: {} } } },
    components: {
      schemas: { Body: schema as never, Other: { type: 'object' } },
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function bodyIn({ paths }: OpenAPIObject, mediaType: string): unknown {
  const body = paths['/']?.post?.requestBody as { content: Record<string, { schema: unknown }> };
  return body.content[mediaType]?.schema;
}

describe('separateBodies', () => {
  const marked = {
    type: 'object',
    properties: {
      language: { type: 'string' },
      model: { type: 'string' },
      audio_base64: { type: 'string', [ONLY_IN]: { mediaType: JSON_TYPE, required: true } },
      file: { type: 'string', format: 'binary', [ONLY_IN]: { mediaType: FORM_TYPE, required: false } },
    },
    required: ['model'],
  };

  it('gives each media type its own fields, with those of all, and no marks', () => {
    const document = separateBodies(documentOf(marked, [JSON_TYPE, FORM_TYPE]));
    expect(bodyIn(document, JSON_TYPE)).toEqual({
      type: 'object',
      properties: {
        language: { type: 'string' },
        model: { type: 'string' },
        audio_base64: { type: 'string' },
      },
      required: ['model', 'audio_base64'],
    });
    expect(bodyIn(document, FORM_TYPE)).toEqual({
      type: 'object',
      properties: {
        language: { type: 'string' },
        model: { type: 'string' },
        file: { type: 'string', format: 'binary' },
      },
      required: ['model'],
    });
    expect(JSON.stringify(document)).not.toContain(ONLY_IN);
  });

  it('takes away the schema that no body is any more, and nothing else', () => {
    const { components } = separateBodies(documentOf(marked, [JSON_TYPE]));
    expect(components).toEqual({
      schemas: { Other: { type: 'object' } },
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    });
  });

  it('leaves alone what has no marks', () => {
    const plain = { type: 'object', properties: { model: { type: 'string' } }, required: ['model'] };
    const document = documentOf(plain, [JSON_TYPE, FORM_TYPE]);
    expect(separateBodies(document)).toEqual(structuredClone(document));
  });
});
