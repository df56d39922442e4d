import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { toStrictSchema, withoutFillers } from './strict-schema.js';

const NESTED = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, description: 'A name.' },
    size: { type: 'integer', minimum: 1 },
    tags: { type: 'array', items: { type: 'object', properties: { tag: { type: 'string' } } }, maxItems: 3 },
    maybe: { type: ['string', 'null'] },
  },
  required: ['name', 'maybe'],
};

describe('toStrictSchema', () => {
  it('closes objects, requires every property and lets null stand for the optional ones', () => {
    expect(toStrictSchema(NESTED)).toEqual({
      type: 'object',
      properties: {
        name: { type: 'string', description: 'A name.' },
        size: { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] },
        tags: {
          anyOf: [
            {
              type: 'array',
              maxItems: 3,
              items: {
                type: 'object',
                properties: { tag: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
                required: ['tag'],
                additionalProperties: false,
              },
            },
            { type: 'null' },
          ],
        },
        maybe: { type: ['string', 'null'] },
      },
      required: ['name', 'size', 'tags', 'maybe'],
      additionalProperties: false,
    });
  });

  it.each([
    ['a list at the top', { type: 'array', items: { type: 'string' } }],
    ['an object of any shape', { type: 'object' }],
    ['an open object', { ...NESTED, additionalProperties: true }],
    ['a list of anything', { type: 'object', properties: { a: { type: 'array' } } }],
    ['anything', { type: 'object', properties: { a: {} } }],
    ['oneOf', { type: 'object', properties: { a: { oneOf: [{ type: 'string' }] } } }],
    ['patternProperties', { ...NESTED, patternProperties: {} }],
    ['a choice of objects with optional parts', { type: 'object', properties: { a: { anyOf: [NESTED] } } }],
  ])('gives up on %s', (_, schema) => {
    expect(toStrictSchema(schema)).toBeNull();
  });

  it('gives up on what is too deep', () => {
    let schema: Record<string, unknown> = { type: 'string' };
    for (let depth = 0; depth < 12; depth += 1)
      schema = { type: 'object', properties: { a: schema }, required: ['a'] };
    expect(toStrictSchema(schema)).toBeNull();
  });

  it('makes answers that are valid against the schema itself once the fillers are gone', () => {
    const ajv = new Ajv2020({ strict: false });
    const [isStrict, isValid] = [ajv.compile(toStrictSchema(NESTED)!), ajv.compile(NESTED)];
    const answer = fc.record({
      name: fc.string({ minLength: 1 }),
      size: fc.option(fc.integer({ min: 1 })),
      tags: fc.option(fc.array(fc.record({ tag: fc.option(fc.string()) }), { maxLength: 3 })),
      maybe: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(answer, (data) => {
        expect(isStrict(data)).toBe(true);
        const real = withoutFillers(data, NESTED) as Record<string, unknown>;
        expect(isValid(real)).toBe(true);
        expect(real['maybe']).toBe(data.maybe);
        expect('size' in real).toBe(data.size !== null);
      }),
    );
  });
});
