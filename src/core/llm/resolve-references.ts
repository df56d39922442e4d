import type { JsonSchema } from './chat-model.js';

/** A client's schema can't be used. Its message is for the client, after the name of the field. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

const MAX_NODES = 500;
const MAX_DEPTH = 20;
const DEFINITIONS = new Set(['$defs', 'definitions']);
const LOCAL = /^#\/(?<place>\$defs|definitions)\/(?<name>[^/]+)$/u;
/** Keywords that make one schema refer to another in ways that have no end, or that reach out. */
const REFUSED = new Set([
  '$dynamicRef',
  '$dynamicAnchor',
  '$recursiveRef',
  '$recursiveAnchor',
  '$anchor',
  '$id',
  '$vocabulary',
]);
/** Keywords whose values are schemas by name. */
const BY_NAME = new Set(['properties', 'patternProperties', 'dependentSchemas']);
/** Keywords whose values are data and no schemas. */
const DATA = new Set(['enum', 'const', 'default', 'example', 'examples']);

/**
 * A schema with each reference to a definition of its own replaced by what it refers to.
 * @throws SchemaError when it is too large or too deep, refers to anything else, or to itself
 */
export function resolveReferences(schema: JsonSchema): JsonSchema {
  return new Resolution(schema).run();
}

class Resolution {
  private nodes = 0;

  constructor(private readonly root: JsonSchema) {}

  run(): JsonSchema {
    // Which draft it says that it follows makes no difference to what is understood here.
    const entries = Object.entries(this.root).filter(
      ([keyword]) => !DEFINITIONS.has(keyword) && keyword !== '$schema',
    );
    return this.resolve(Object.fromEntries(entries), []) as JsonSchema;
  }

  /** @param trail names of the definitions on the way here */
  private resolve(value: unknown, trail: readonly string[], depth = 0): unknown {
    if (typeof value !== 'object' || value === null) return value;
    this.nodes += 1;
    if (this.nodes > MAX_NODES) throw new SchemaError(`must have at most ${MAX_NODES} parts`);
    if (depth > MAX_DEPTH) throw new SchemaError(`must be at most ${MAX_DEPTH} levels deep`);
    if (Array.isArray(value)) return value.map((item) => this.resolve(item, trail, depth + 1));
    const schema = value as JsonSchema;
    if (typeof schema['$ref'] === 'string') return this.follow(schema, schema['$ref'], trail, depth);
    return Object.fromEntries(
      Object.entries(schema).map(([keyword, part]) => [keyword, this.part(keyword, part, trail, depth)]),
    );
  }

  private part(keyword: string, part: unknown, trail: readonly string[], depth: number): unknown {
    if (REFUSED.has(keyword) && typeof part === 'string') throw new SchemaError(`must not use ${keyword}`);
    if (DATA.has(keyword)) return part;
    if (!BY_NAME.has(keyword) || !isObject(part)) return this.resolve(part, trail, depth + 1);
    const named = Object.entries(part).map(([name, schema]) => [
      name,
      this.resolve(schema, trail, depth + 1),
    ]);
    return Object.fromEntries(named) as JsonSchema;
  }

  private follow(schema: JsonSchema, reference: string, trail: readonly string[], depth: number): unknown {
    const { place = '', name = '' } = LOCAL.exec(reference)?.groups ?? {};
    const definitions = this.root[place];
    const target = isObject(definitions) && Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    if (!isObject(target)) throw new SchemaError('must only refer to its own $defs');
    if (trail.includes(reference)) throw new SchemaError('must not refer to itself');
    const others = Object.entries(schema).filter(([keyword]) => keyword !== '$ref');
    const merged = { ...target, ...Object.fromEntries(others) };
    return this.resolve(merged, [...trail, reference], depth + 1);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
