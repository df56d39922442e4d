import type { OpenAPIObject } from '@nestjs/swagger';
import { ONLY_IN, type OnlyInMark } from '../common/http/only-in.decorator.js';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required?: readonly string[];
}

type Content = Record<string, { schema?: Schema } | undefined>;

/**
 * Gives each media type of a request body the fields that belong to it, by their `OnlyIn` marks, and takes the marks
 * away. DTOs know nothing of media types.
 */
export function separateBodies(document: OpenAPIObject): OpenAPIObject {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  for (const content of bodiesOf(document)) {
    for (const [mediaType, body] of Object.entries(content)) {
      const name = body?.schema?.$ref?.split('/').at(-1);
      const schema = name === undefined ? undefined : schemas[name];
      if (body && schema && hasMarks(schema)) body.schema = forMediaType(schema, mediaType);
    }
  }
  const unmarked = Object.entries(schemas).filter(([, schema]) => !hasMarks(schema));
  const components = { ...document.components, schemas: Object.fromEntries(unmarked) };
  return { ...document, components: components as NonNullable<OpenAPIObject['components']> };
}

function bodiesOf({ paths }: OpenAPIObject): Content[] {
  return Object.values(paths).flatMap((methods) =>
    Object.values(methods as Record<string, { requestBody?: { content?: Content } }>).flatMap(
      ({ requestBody }) => (requestBody?.content ? [requestBody.content] : []),
    ),
  );
}

function hasMarks({ properties = {} }: Schema): boolean {
  return Object.values(properties).some((property) => ONLY_IN in property);
}

function forMediaType(schema: Schema, mediaType: string): Schema {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const { [ONLY_IN]: mark, ...rest } = property as { [ONLY_IN]?: OnlyInMark };
    if (mark !== undefined && mark.mediaType !== mediaType) return [];
    return [{ name, property: rest, required: mark?.required ?? schema.required?.includes(name) === true }];
  });
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return {
    ...schema,
    properties: Object.fromEntries(fields.map(({ name, property }) => [name, property])),
    required,
  };
}
