import { dereference, type OpenApiDocument, type Schema } from './openapi-document.js';

/** A body that breaks one rule of the document, and where. */
export interface WrongBody {
  readonly location: readonly (string | number)[];
  readonly body: unknown;
}

/** One value of each JSON type. None is long enough, or in range enough, to be anything else by accident. */
const SAMPLES = { integer: 3, string: 'x', boolean: true, array: ['x'], object: { a: 1 } } as const;

/** A good body with one value replaced by each that the document does not allow there, for each field in it. */
export function wrongBodies(document: OpenApiDocument, schema: Schema, good: unknown): WrongBody[] {
  const fields = Object.entries(dereference(document, schema).properties ?? {});
  const { required = [] } = dereference(document, schema);
  return fields.flatMap(([name, field]) => {
    const replaced = (value: unknown) => ({ ...(good as object), [name]: value });
    const at = (inner: WrongBody): WrongBody => ({
      location: [name, ...inner.location],
      body: replaced(inner.body),
    });
    const absent = required.includes(name) ? [undefined, null] : [];
    return [
      ...[...absent, ...wrongValues(field)].map((value) => ({ location: [name], body: replaced(value) })),
      ...wrongItems(document, field, (good as Record<string, unknown>)[name]).map(at),
    ];
  });
}

/** Texts that a field of a form may not be, by field. An empty one counts as absent. */
export function wrongFormValues(document: OpenApiDocument, schema: Schema): [string, string][] {
  const fields = Object.entries(dereference(document, schema).properties ?? {});
  return fields.flatMap(([name, field]) => wrongTexts(field).map((text): [string, string] => [name, text]));
}

function wrongTexts({ type, format, enum: choices, minimum, maximum, maxLength }: Schema): string[] {
  if (format === 'binary') return [];
  const isNumber = type === 'integer' || type === 'number';
  return [
    ' ',
    ...(isNumber || type === 'boolean' || choices !== undefined ? ['x', '[1]', '{}', 'null'] : []),
    ...(type === 'integer' ? ['1.5', '1e2', '0x10'] : []),
    ...(type === 'object' ? ['x', '[1]', '3', '{', '"a"'] : []),
    ...(minimum === undefined ? [] : [String(minimum - 1)]),
    ...(maximum === undefined ? [] : [String(maximum + 1)]),
    ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
  ];
}

function wrongItems(document: OpenApiDocument, { items }: Schema, good: unknown): WrongBody[] {
  if (items === undefined || !Array.isArray(good)) return [];
  const [first, ...rest] = good as unknown[];
  const inItem = wrongBodies(document, items, first);
  const wrong = [null, ...wrongValues(dereference(document, items))];
  return [...wrong.map((body) => ({ location: [], body })), ...inItem].map(({ location, body }) => ({
    location: [0, ...location],
    body: [body, ...rest],
  }));
}

/** Values of each type but the field's own, and those beyond its limits. */
function wrongValues({
  type,
  enum: choices,
  minimum,
  maximum,
  minLength,
  maxLength,
  maxItems,
}: Schema): unknown[] {
  const types = type === 'number' ? ['integer'] : [type];
  const ofOtherTypes = Object.entries(SAMPLES)
    .filter(([name]) => !types.includes(name))
    .map(([, sample]) => sample);
  return [
    ...ofOtherTypes,
    ...(type === 'integer' ? [1.5, '1'] : []),
    ...(type === 'boolean' ? ['true', 0] : []),
    ...(type === 'string' && minLength !== 0 ? [''] : []),
    ...(choices === undefined ? [] : ['x']),
    ...(minimum === undefined ? [] : [minimum - 1]),
    ...(maximum === undefined ? [] : [maximum + 1]),
    ...(maxLength === undefined || maxLength > 1_000_000 ? [] : ['x'.repeat(maxLength + 1)]),
    ...(maxItems === undefined ? [] : [Array<string>(maxItems + 1).fill('x')]),
  ];
}
