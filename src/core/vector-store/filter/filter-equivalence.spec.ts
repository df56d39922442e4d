import { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import fc from 'fast-check';
import { filterToSql } from './filter-to-sql.js';
import {
  FILTER_SEED,
  FILTERABLE_DOCUMENTS as documents,
  NUMBERS,
  RANDOM_FILTERS,
  STRINGS,
} from '../../../../test/support/random-filters.js';
import { matchesFilter } from './matches-filter.js';
import { parseFilter } from './parse-filter.js';
import { SqlParameters } from './sql-parameters.js';

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
      fc.asyncProperty(RANDOM_FILTERS, async (input) => {
        const ids = await search(input);
        expect(ids).toEqual(searchByReference(input));
        if (ids.length > 0 && ids.length < documents.length) telling += 1;
      }),
      { numRuns: 1_000, seed: FILTER_SEED },
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
