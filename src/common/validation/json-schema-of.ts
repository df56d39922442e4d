/** The part of JSON Schema that classes come to. */
export type ClassSchema = Readonly<Record<string, unknown>>;

/** Where `@ApiProperty` keeps what it is told. */
const PROPERTY_NAMES = 'swagger/apiModelPropertiesArray';
const PROPERTY = 'swagger/apiModelProperties';

/** What is documentation alone, or said in another way in JSON Schema. */
const NOT_COPIED = new Set([
  'type',
  'isArray',
  'required',
  'nullable',
  'example',
  'examples',
  'enumName',
  'name',
]);
const PRIMITIVES = new Map<unknown, string>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
]);

/**
 * The JSON Schema of a class whose properties `@ApiProperty`, or a field decorator, describes: an object with these
 * properties and no others.
 */
export function jsonSchemaOf(type: new () => object): ClassSchema {
  const prototype = type.prototype as object;
  const names = ((Reflect.getMetadata(PROPERTY_NAMES, prototype) as string[] | undefined) ?? []).map((name) =>
    name.slice(1),
  );
  const described = names.map((name) => [name, descriptionOf(prototype, name)] as const);
  return {
    type: 'object',
    properties: Object.fromEntries(described.map(([name, property]) => [name, propertySchema(property)])),
    required: described.filter(([, { required }]) => required !== false).map(([name]) => name),
    additionalProperties: false,
  };
}

function descriptionOf(prototype: object, name: string): Readonly<Record<string, unknown>> {
  return Reflect.getMetadata(PROPERTY, prototype, name) as Readonly<Record<string, unknown>>;
}

function propertySchema(property: Readonly<Record<string, unknown>>): ClassSchema {
  const rules = Object.fromEntries(Object.entries(property).filter(([keyword]) => !NOT_COPIED.has(keyword)));
  const isList = property['isArray'] === true && property['type'] !== 'array';
  const schema = isList
    ? { ...rules, type: 'array', items: typeSchema(property['type']) }
    : { ...rules, ...typeSchema(property['type']) };
  return property['nullable'] === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function typeSchema(type: unknown): ClassSchema {
  if (type === undefined) return {};
  if (typeof type === 'string') return { type };
  const primitive = PRIMITIVES.get(type);
  if (primitive !== undefined) return { type: primitive };
  return jsonSchemaOf(isClass(type) ? type : (type as () => new () => object)());
}

/** A class, and not a function that gives one. */
function isClass(type: unknown): type is new () => object {
  return typeof type === 'function' && type.prototype !== undefined;
}
