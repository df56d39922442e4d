import { ClientSchema, SchemaError } from './client-schema.js';

const of = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  type: 'object',
  properties,
  ...more,
});

describe('ClientSchema', () => {
  it('checks values, and says what is wrong with them', () => {
    const schema = ClientSchema.from(
      of({ a: { type: 'integer' }, on: { format: 'date' } }, { required: ['a'] }),
    );
    expect(schema.problemsWith({ a: 1, on: '2026-11-24' })).toEqual([]);
    expect(schema.problemsWith({})).toEqual(["The answer must have required property 'a'"]);
    expect(schema.problemsWith({ a: 'x' })).toEqual(['/a must be integer']);
    expect(schema.problemsWith({ a: 1, on: 'soon' })).toEqual(['/on must match format "date"']);
    expect(schema.problemsWith([])).not.toEqual([]);
  });

  it('puts definitions in the place of references, as pydantic and zod write them', () => {
    const schema = ClientSchema.from({
      $schema: 'http://json-schema.org/draft-07/schema#',
      ...of({
        items: { type: 'array', items: { $ref: '#/$defs/Item' } },
        one: { $ref: '#/definitions/Other' },
      }),
      $defs: {
        Item: of({ size: { $ref: '#/$defs/Size', description: 'How large.' } }, { required: ['size'] }),
        Size: { type: 'integer' },
      },
      definitions: { Other: { enum: ['a', 'b'] } },
    });
    expect(JSON.stringify(schema.json)).not.toContain('$ref');
    expect(schema.problemsWith({ items: [{ size: 1 }], one: 'a' })).toEqual([]);
    expect(schema.problemsWith({ items: [{}] })).not.toEqual([]);
    expect(schema.problemsWith({ one: 'c' })).toEqual([
      '/one must be equal to one of the allowed values ["a","b"]',
    ]);
  });

  it('takes properties that are called like keywords', () => {
    const schema = ClientSchema.from(
      of({ $ref: { type: 'string' }, enum: { type: 'string' }, $id: { type: 'integer' } }),
    );
    expect(schema.problemsWith({ $ref: 'a', enum: 'b', $id: 1 })).toEqual([]);
    expect(schema.problemsWith({ $id: 'a' })).not.toEqual([]);
  });

  it.each([
    ['another type', { type: 'string' }, 'must be of type object'],
    ['no type', {}, 'must be of type object'],
    [
      'a reference to elsewhere',
      of({ a: { $ref: 'https://example.com/schema.json' } }),
      'only refer to its own $defs',
    ],
    ['a reference to nothing', of({ a: { $ref: '#/$defs/Nothing' } }), 'only refer to its own $defs'],
    [
      'a reference into the prototype',
      of({ a: { $ref: '#/$defs/constructor' } }, { $defs: {} }),
      'own $defs',
    ],
    [
      'a circle',
      of({ a: { $ref: '#/$defs/A' } }, { $defs: { A: of({ a: { $ref: '#/$defs/A' } }) } }),
      'itself',
    ],
    ['$dynamicRef', of({ a: { $dynamicRef: '#a' } }), 'must not use $dynamicRef'],
    ['$id', of({ a: { $id: 'https://example.com/', type: 'string' } }), 'must not use $id'],
    ['an unknown type', of({ a: { type: 'text' } }), 'must be a valid JSON Schema'],
    ['an unknown keyword', of({ a: { type: 'string', regex: 'a' } }), 'must be a valid JSON Schema'],
    ['a pattern that is none', of({ a: { type: 'string', pattern: '(' } }), 'must be a valid JSON Schema'],
    [
      'a pattern with lookaround',
      of({ a: { type: 'string', pattern: '(?=a)' } }),
      'must be a valid JSON Schema',
    ],
    [
      'too much text',
      of({ a: { type: 'string', description: 'x'.repeat(50_001) } }),
      'at most 50000 characters',
    ],
    [
      'too many parts',
      of(Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`p${index}`, { type: 'string' }]))),
      'at most 500 parts',
    ],
  ])('refuses %s', (_, schema, message) => {
    expect(() => ClientSchema.from(schema)).toThrow(SchemaError);
    expect(() => ClientSchema.from(schema)).toThrow(message);
  });

  it('refuses what is too deep, and what grows when it is put together', () => {
    let deep: Record<string, unknown> = { type: 'string' };
    for (let depth = 0; depth < 30; depth += 1) deep = of({ a: deep });
    expect(() => ClientSchema.from(deep)).toThrow('levels deep');
    const $defs = Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => [
        `D${index}`,
        { anyOf: [{ $ref: `#/$defs/D${index + 1}` }, { $ref: `#/$defs/D${index + 1}` }] },
      ]),
    );
    const bomb = of({ a: { $ref: '#/$defs/D0' } }, { $defs: { ...$defs, D15: { type: 'string' } } });
    expect(() => ClientSchema.from(bomb)).toThrow(SchemaError);
  });

  it('matches patterns in time that grows with the text, however they are made', () => {
    const schema = ClientSchema.from(of({ a: { type: 'string', pattern: '^(a+)+$' } }));
    const startedAt = performance.now();
    expect(schema.problemsWith({ a: `${'a'.repeat(5000)}!` })).toEqual(['/a must match pattern "^(a+)+$"']);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
