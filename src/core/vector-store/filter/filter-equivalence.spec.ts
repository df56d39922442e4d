import { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import fc from 'fast-check';
import { filterToSql } from './filter-to-sql.js';
import { type FilterableDocument, matchesFilter } from './matches-filter.js';
import { parseFilter } from './parse-filter.js';
import { SqlParameters } from './sql-parameters.js';

const SEED = 20_240_501;

const COMMON_KEYS = ['a', 'b', 'authors'];
const ODD_KEYS = [
  'title',
  'source',
  'metadata',
  'ключ',
  '🔑',
  '__proto__',
  'constructor',
  '$ref',
  `"'\\`,
  `') OR (1=1`,
];

const NUMBERS = [
  0,
  1,
  5,
  -5,
  2.5,
  0.1,
  0.30000000000000004,
  1e-7,
  1e21,
  2 ** 53,
  5e-324,
  -5e-324,
  2.2250738585072014e-308,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
];

const STRINGS = [
  '',
  '0',
  '1',
  '5',
  '2.5',
  'true',
  'null',
  'a',
  'A',
  'aa',
  'b',
  'é',
  'e\u0301',
  'я',
  '\u007f',
  '\ud7ff',
  '\ue000',
  '\uffff',
  '😀',
  '𝒜',
  '\u{10ffff}',
  '2024-05-01T10:00:00Z',
  '2024-05-01T10:00:00.5Z',
  '"',
  '\\',
  '\n',
  '\u2028',
  '%',
  '$1',
  `'; DROP TABLE documents; --`,
  `" || true || "`,
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...STRINGS) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 4 }).map((value) => value.replaceAll('\0', '')),
  },
);
const number = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
);
const scalar = fc.oneof(text, number, fc.boolean());
const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...COMMON_KEYS) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_KEYS) },
);

const { object: metadata } = fc.letrec<{ value: unknown; list: unknown[]; object: Record<string, unknown> }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      { weight: 5, arbitrary: fc.oneof(scalar, fc.constant(null)) },
      { weight: 2, arbitrary: tie('list') },
      { weight: 3, arbitrary: tie('object') },
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc
      .array(fc.tuple(key, tie('value')), { maxLength: 8 })
      .map((entries) => Object.fromEntries(entries)),
  }),
);

const documentParts = fc.record({
  title: fc.option(text),
  source: fc.option(text),
  source_type: fc.constantFrom('html', 'pdf', '', null),
  metadata,
});

const documents: FilterableDocument[] = fc
  .sample(documentParts, { numRuns: 200, seed: SEED })
  .map((parts, index) => ({ document_id: `document-${index}`, ...parts }));

const field = fc.oneof(
  { weight: 3, arbitrary: fc.array(key, { minLength: 1, maxLength: 2 }).map(toFieldName) },
  { weight: 1, arbitrary: fc.constantFrom('document_id', 'title', 'source', 'source_type', 'title.a') },
);
const order = fc.oneof(text, number);
const list = fc.oneof(fc.array(scalar, { maxLength: 4 }), fc.array(fc.option(scalar), { maxLength: 30 }));
const operators = fc.oneof(
  fc.option(scalar),
  fc.record({ $eq: fc.option(scalar) }),
  fc.record({ $ne: fc.option(scalar) }),
  fc.record({ $gt: order }),
  fc.record({ $lt: order }),
  fc.record({ $gte: order, $lte: order }),
  fc.record({ $in: list }),
  fc.record({ $nin: list }),
  fc.record({ $exists: fc.boolean() }),
);

// Values that documents have in the fields where they have them, or few random filters would match anything.
const found = fc
  .tuple(fc.constantFrom(...documents.flatMap(listFoundValues)), list)
  .chain(([{ name, value }, others]) =>
    fc
      .constantFrom<unknown[]>(
        value,
        { $eq: value },
        { $ne: value },
        { $in: [...others, value] },
        { $nin: [value, ...others] },
        ...(typeof value === 'boolean'
          ? []
          : [{ $gt: value }, { $gte: value }, { $lt: value }, { $lte: value }]),
      )
      .map((operand) => [name, operand] as const),
  );

const { filter: filters } = fc.letrec<{ filter: object; condition: object }>((tie) => ({
  condition: fc
    .array(fc.oneof({ weight: 3, arbitrary: found }, { weight: 1, arbitrary: fc.tuple(field, operators) }), {
      minLength: 1,
      maxLength: 2,
    })
    .map((entries) => Object.fromEntries(entries)),
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 5, arbitrary: tie('condition') },
    { weight: 1, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record({ $and: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ $or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ $not: tie('filter') }) },
  ),
}));

function toFieldName(path: readonly string[]): string {
  return ['metadata', ...path].join('.');
}

function listFoundValues({ title, metadata: root }: FilterableDocument): { name: string; value: unknown }[] {
  const titles = title === null ? [] : [{ name: 'title', value: title }];
  return [...titles, ...listScalars(root, [])];
}

function listScalars(value: unknown, path: readonly string[]): { name: string; value: unknown }[] {
  if (Array.isArray(value)) return value.flatMap((item) => listScalars(item, path));
  if (typeof value !== 'object') return [{ name: toFieldName(path), value }];
  return Object.entries(value ?? {}).flatMap(([name, member]) => listScalars(member, [...path, name]));
}

describe('filterToSql and matchesFilter', () => {
  let database: PGlite;

  beforeAll(async () => {
    database = await PGlite.create({ loadDataDir: await dataDir() });
    await database.exec(
      'CREATE TABLE documents (id text, title text, source text, source_type text, metadata jsonb NOT NULL)',
    );
    await database.query(
      'INSERT INTO documents SELECT value->>0, value->>1, value->>2, value->>3, value->4 FROM jsonb_array_elements($1::jsonb)',
      [JSON.stringify(documents.map((d) => [d.document_id, d.title, d.source, d.source_type, d.metadata]))],
    );
  });

  afterAll(() => database.close());

  /** The documents that the database finds. Fails when it is undecided on any, which `NOT` would not turn around. */
  async function search(input: unknown): Promise<string[]> {
    const parameters = new SqlParameters();
    const condition = filterToSql(parseFilter(input), parameters, 'd');
    const { rows } = await database.query<{ id: string; matched: boolean | null }>(
      `SELECT d.id, ${condition} AS matched FROM documents AS d`,
      parameters.values,
    );
    expect(rows).toHaveLength(documents.length);
    expect(rows.filter(({ matched }) => matched === null)).toEqual([]);
    return rows
      .filter(({ matched }) => matched)
      .map(({ id }) => id)
      .sort();
  }

  function searchByReference(input: unknown): string[] {
    const filter = parseFilter(input);
    return documents
      .filter((d) => matchesFilter(filter, d))
      .map((d) => d.document_id)
      .sort();
  }

  it('agree on random filters', async () => {
    let telling = 0;
    await fc.assert(
      fc.asyncProperty(filters, async (input) => {
        const ids = await search(input);
        expect(ids).toEqual(searchByReference(input));
        if (ids.length > 0 && ids.length < documents.length) telling += 1;
      }),
      { numRuns: 1_000, seed: SEED },
    );
    // Filters that let all or none of the documents through would prove little.
    expect(telling).toBeGreaterThan(400);
  });

  it.each(['title', 'a', 'b.a'])('agree on the order of every value of %s', async (name) => {
    for (const bound of [...STRINGS, ...NUMBERS]) {
      for (const operator of ['$lt', '$lte', '$gt', '$gte']) {
        const input = { [name]: { [operator]: bound } };
        expect([input, await search(input)]).toEqual([input, searchByReference(input)]);
      }
    }
  });

  it('agree on filters at their limits', async () => {
    const values = Array.from({ length: 1_000 }, (_, index) =>
      index % 2 === 0 ? index : `document-${index}`,
    );
    const condition = { a: { $nin: values }, document_id: { $in: values } };
    const wide = { $or: Array.from({ length: 100 }, () => condition) };
    const deep = Array.from({ length: 9 }).reduce<object>((inner) => ({ $not: inner }), wide);
    const ids = await search(deep);
    expect(ids).toEqual(searchByReference(deep));
    expect(ids).toContain('document-0');
    expect(ids).not.toContain('document-1');
  });
});
