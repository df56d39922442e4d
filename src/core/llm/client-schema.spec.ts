import { monitorEventLoopDelay } from 'node:perf_hooks';
import { allowForBusyMachine } from '../../../test/support/busy-machine.js';
import { ClientSchemas, SchemaError } from './client-schema.js';
import { SchemaWorker } from './schema-worker.js';

allowForBusyMachine();

const of = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  type: 'object',
  properties,
  ...more,
});

describe('ClientSchemas', () => {
  const worker = new SchemaWorker();
  const schemas = new ClientSchemas(worker);

  afterAll(() => worker.onApplicationShutdown());

  it('checks values, and says what is wrong with them', async () => {
    const schema = await schemas.read(
      of({ a: { type: 'integer' }, on: { format: 'date' } }, { required: ['a'] }),
    );
    expect(await schema.problemsWith({ a: 1, on: '2026-11-24' })).toEqual([]);
    expect(await schema.problemsWith({})).toEqual(["The answer must have required property 'a'"]);
    expect(await schema.problemsWith({ a: 'x' })).toEqual(['/a must be integer']);
    expect(await schema.problemsWith({ a: 1, on: 'soon' })).toEqual(['/on must match format "date"']);
    expect(await schema.problemsWith([])).not.toEqual([]);
  });

  it('puts definitions in the place of references, as pydantic and zod write them', async () => {
    const schema = await schemas.read({
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
    expect(await schema.problemsWith({ items: [{ size: 1 }], one: 'a' })).toEqual([]);
    expect(await schema.problemsWith({ items: [{}] })).not.toEqual([]);
    expect(await schema.problemsWith({ one: 'c' })).toEqual([
      '/one must be equal to one of the allowed values ["a","b"]',
    ]);
  });

  it('takes properties that are called like keywords', async () => {
    const schema = await schemas.read(
      of({ $ref: { type: 'string' }, enum: { type: 'string' }, $id: { type: 'integer' } }),
    );
    expect(await schema.problemsWith({ $ref: 'a', enum: 'b', $id: 1 })).toEqual([]);
    expect(await schema.problemsWith({ $id: 'a' })).not.toEqual([]);
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
  ])('refuses %s', async (_, schema, message) => {
    await expect(schemas.read(schema)).rejects.toThrow(SchemaError);
    await expect(schemas.read(schema)).rejects.toThrow(message);
  });

  it('refuses what is too deep, and what grows when it is put together', async () => {
    let deep: Record<string, unknown> = { type: 'string' };
    for (let depth = 0; depth < 30; depth += 1) deep = of({ a: deep });
    await expect(schemas.read(deep)).rejects.toThrow('levels deep');
    const $defs = Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => [
        `D${index}`,
        { anyOf: [{ $ref: `#/$defs/D${index + 1}` }, { $ref: `#/$defs/D${index + 1}` }] },
      ]),
    );
    const bomb = of({ a: { $ref: '#/$defs/D0' } }, { $defs: { ...$defs, D15: { type: 'string' } } });
    await expect(schemas.read(bomb)).rejects.toThrow(SchemaError);
  });

  it('matches patterns in time that grows with the text, however they are made', async () => {
    const schema = await schemas.read(of({ a: { type: 'string', pattern: '^(a+)+$' } }));
    expect(await schema.problemsWith({ a: `${'a'.repeat(5000)}!` })).toEqual([
      '/a must match pattern "^(a+)+$"',
    ]);
  });

  const many = <T>(count: number, item: (index: number) => T) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, item(index)]));
  const names = (count: number) => many(count, () => 'v');
  const tree = (depth: number): object =>
    depth === 0 ? { type: 'string', format: 'email' } : { oneOf: [tree(depth - 1), tree(depth - 1)] };

  /** Each is within the bounds of size. A value makes some of them take their time only then. */
  const HOSTILE: [string, Record<string, unknown>, unknown][] = [
    ['many properties', of(many(490, () => ({ type: 'string' }))), {}],
    ['alternatives of alternatives', of({ a: tree(7) }), { a: 'x' }],
    ['a huge enum', of({ a: { enum: Array.from({ length: 8000 }, (_, index) => index) } }), { a: -1 }],
    [
      'many patterns that repeat',
      of(many(400, (index) => ({ type: 'string', pattern: `^(a{1,${500 + index}}|b)+$` }))),
      {},
    ],
    [
      'patterns of properties',
      {
        ...of({}),
        patternProperties: Object.fromEntries(
          Array.from({ length: 400 }, (_, index) => [`^(x{1,100}|y${index})*$`, { type: 'string' }]),
        ),
      },
      Object.fromEntries(Object.keys(names(200)).map((name) => [`${'x'.repeat(90)}${name}`, 'v'])),
    ],
    [
      'a pattern of many parts',
      of({ a: { type: 'string', pattern: '(a|b|c)*'.repeat(5000) } }),
      { a: 'abc'.repeat(500) },
    ],
    [
      'unique items',
      of({ a: { type: 'array', uniqueItems: true } }),
      { a: Array.from({ length: 20_000 }, (_, index) => [index]) },
    ],
    [
      'a huge enum of items',
      of({ a: { type: 'array', items: { enum: Array.from({ length: 8000 }, (_, index) => index) } } }),
      { a: Array.from({ length: 20_000 }, () => 7999) },
    ],
  ];

  it.each(HOSTILE)(
    'answers or refuses within bounds, and without holding up anybody: %s',
    async (_, schema, value) => {
      const delays = monitorEventLoopDelay({ resolution: 1 });
      delays.enable();
      const startedAt = performance.now();
      const outcome = await schemas
        .read(schema)
        .then((read) => read.problemsWith(value))
        .catch((error: unknown) => error);
      const elapsedMs = performance.now() - startedAt;
      delays.disable();
      expect(Array.isArray(outcome) || outcome instanceof SchemaError).toBe(true);
      // Two turns up to the limit, and a thread to start.
      expect(elapsedMs).toBeLessThan(7000);
      expect(delays.max / 1_000_000).toBeLessThan(50);
    },
  );

  it('refuses what takes too long, and goes on with the next', async () => {
    const [, schema, value] = HOSTILE[4] as [string, Record<string, unknown>, unknown];
    const read = await schemas.read(schema);
    const next = schemas.read(of({ a: { type: 'integer' } }));
    const slow = read.problemsWith(value);
    await expect(slow).rejects.toThrow('takes too long to check');
    expect(await (await next).problemsWith({ a: 'x' })).toEqual(['/a must be integer']);
  });
});
