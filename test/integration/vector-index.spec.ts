import { randomUUID } from 'node:crypto';
import { loadConfig } from '../../src/config/load-config.js';
import { parseFilter } from '../../src/core/vector-store/filter/parse-filter.js';
import { indexParameters } from '../../src/core/vector-store/pgvector/index/index-parameters.js';
import { VectorIndexBuilder } from '../../src/core/vector-store/pgvector/index/vector-index-builder.js';
import { PgVectorStore } from '../../src/core/vector-store/pgvector/pgvector-store.js';
import { searchStatement } from '../../src/core/vector-store/pgvector/search-statement.js';
import type { Collection, DocumentToStore, SearchRequest } from '../../src/core/vector-store/vector-store.js';
import { type OpenDatabase, openDatabase } from '../support/open-database.js';
import { ANYTHING, document } from '../support/stored-documents.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const DOCUMENTS = 3000;
const DIMENSIONS = 1536;
const onServer = process.env['TEST_DATABASE_URL'] === undefined ? describe.skip : describe;

onServer('an index on vectors, on a server', () => {
  let home: TestDatabase;
  let opened: OpenDatabase;
  let store: PgVectorStore;
  let builder: VectorIndexBuilder;
  let collection: Collection;

  beforeAll(async () => {
    home = await createTestDatabase();
    opened = await openDatabase(home.variables);
    store = new PgVectorStore(opened.database);
    builder = new VectorIndexBuilder(opened.allTenants, loadConfig(home.variables));
    collection = await fill(DOCUMENTS);
  });
  afterAll(async () => {
    await opened.close();
    await home.remove();
  });

  async function fill(count: number): Promise<Collection> {
    const made = await store.ensureCollection(`c-${randomUUID()}`, 'model', DIMENSIONS);
    await store.replaceDocuments(
      made,
      Array.from({ length: count }, (_, number) => numbered(number)),
    );
    return made;
  }
  /** Makes an index due, however small the collection and however lately it was written to. */
  const letIndex = ({ id }: Collection, parameters: object = {}) =>
    opened.database.query(
      `update collections set updated_at = now() - interval '1 hour', index_parameters = $2 where id = $1`,
      [id, JSON.stringify({ minNumbers: 1, ...parameters })],
    );
  const stateOf = async ({ name }: Collection) =>
    (await store.statistics()).find((item) => item.collection.name === name)?.index;
  const isValid = async ({ id }: Collection) => {
    const [row] = await opened.database.query<{ indisvalid: boolean }>(
      'select indisvalid from pg_index where indexrelid = to_regclass($1)',
      [`chunks_${id}_hnsw`],
    );
    return row?.indisvalid;
  };
  const search = (request: Partial<SearchRequest>, searched = store) =>
    searched.search(collection, { ...ANYTHING, mode: 'dense', vector: direction(-1), ...request });

  /** Names of the indexes and tables that a search has really read. */
  async function readBy(request: Partial<SearchRequest>, parameters: object = {}): Promise<string[]> {
    const { text, parameters: values } = searchStatement(
      collection,
      { ...ANYTHING, limit: 10, vector: direction(-1), ...request },
      indexParameters(DIMENSIONS, parameters),
    );
    const rows = await opened.database.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, costs off, timing off) ${text}`,
      values,
    );
    const lines = rows.map((row) => row['QUERY PLAN']).filter((line) => !line.includes('never executed'));
    return lines.flatMap((line) => /(?:using|Seq Scan on) (\w+)/u.exec(line)?.[1] ?? []);
  }

  it('is there before another generation serves', async () => {
    const old = await fill(10);
    await letIndex(old);
    const generation = await store.beginGeneration(old, 'other', DIMENSIONS);
    await store.replaceDocuments(generation, [numbered(1), numbered(2)]);
    await new PgVectorStore(opened.database, builder).prepareGeneration(
      generation,
      AbortSignal.timeout(60_000),
    );
    await store.deleteDocument(generation, numbered(1).id);
    expect(await isValid(generation)).toBe(true);
    await store.deleteCollection(old.name);
  });

  it('is given up for a generation that is not wanted any more', async () => {
    const old = await fill(1);
    await letIndex(old, { efConstruction: 1000, m: 100 });
    const generation = await store.beginGeneration(old, 'other', DIMENSIONS);
    await store.replaceDocuments(
      generation,
      Array.from({ length: 1000 }, (_, number) => numbered(number)),
    );
    const abort = new AbortController();
    const building = new PgVectorStore(opened.database, builder).prepareGeneration(generation, abort.signal);
    while ((await isValid(generation)) === undefined) await Promise.race([building, store.ping()]);
    abort.abort();
    await building;
    expect(await isValid(generation)).toBe(false);
    await store.discardGeneration(generation);
    await store.deleteCollection(old.name);
  });

  it('is built when it pays, once, whoever is at it', async () => {
    await builder.round();
    expect(await stateOf(collection)).toEqual({ state: 'none', method: 'exact', progress: null });
    await letIndex(collection);
    const others = Array.from(
      { length: 3 },
      () => new VectorIndexBuilder(opened.allTenants, loadConfig(home.variables)),
    );
    await Promise.all([builder, ...others].map((one) => one.round()));
    expect(await stateOf(collection)).toEqual({ state: 'ready', method: 'hnsw', progress: null });
  });

  it('is used by a search for the nearest, and by no other', async () => {
    const index = `chunks_${collection.id}_hnsw`;
    expect(await readBy({})).toContain(index);
    expect(await readBy({ mode: 'keyword', query: 'word' })).not.toContain(index);
  });

  it('is used under a filter that lets many through, and left alone under one that lets few', async () => {
    const index = `chunks_${collection.id}_hnsw`;
    const half = parseFilter({ half: 1 });
    expect(await readBy({ filter: half }, { exactMatches: 100 })).toContain(index);
    expect(await readBy({ filter: half }, { exactMatches: DOCUMENTS })).not.toContain(index);
    expect(await readBy({ filter: parseFilter({ hundredth: 1 }) }, { exactMatches: 100 })).not.toContain(
      index,
    );
  });

  it('loses no rows to a filter, and finds the nearest', async () => {
    await letIndex(collection, { exactMatches: 50 });
    const indexed = new PgVectorStore(opened.database);
    for (const filter of [{}, { half: 0 }, { tenth: 3 }, { hundredth: 7 }, { number: { $lt: 30 } }]) {
      const request = { filter: parseFilter(filter), limit: 40 };
      const expected = (await exactSearch(request)).map(({ documentId }) => documentId);
      const found = (await search(request, indexed)).map(({ documentId }) => documentId);
      expect(found).toHaveLength(expected.length);
      const nearest = found.filter((id) => expected.includes(id)).length;
      expect(nearest / expected.length).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('loses no rows where all that the filter lets through is far away', async () => {
    await letIndex(collection, { exactMatches: 50, maxScanTuples: 100, efSearch: 10 });
    const indexed = new PgVectorStore(opened.database);
    const filter = parseFilter({ side: 'far' });
    const found = await search({ filter, limit: 40, vector: direction(0, -1) }, indexed);
    const expected = await exactSearch({ filter, limit: 40, vector: direction(0, -1) });
    expect(expected).toHaveLength(40);
    expect(found.map(({ documentId }) => documentId)).toEqual(expected.map(({ documentId }) => documentId));
  });

  it('finds what was written after it was built, and nothing that was deleted', async () => {
    const added = { ...numbered(DOCUMENTS), chunks: document('x', ['x'], [[...direction(-5)]]).chunks };
    await store.replaceDocuments(collection, [added]);
    const [first] = await search({ vector: direction(-5) });
    expect(first).toMatchObject({ documentId: added.id });
    await store.deleteDocument(collection, added.id);
    expect((await search({ vector: direction(-5) })).map(({ documentId }) => documentId)).not.toContain(
      added.id,
    );
  });

  it('is built anew after a build that was cut off', async () => {
    const cut = await fill(10);
    await letIndex(cut);
    await builder.round();
    // As the server leaves it.
    await opened.allTenants.session(async (session) => {
      await session.query('reset role');
      await session.query(`update pg_index set indisvalid = false where indexrelid = $1::regclass`, [
        `chunks_${cut.id}_hnsw`,
      ]);
      await session.query(
        `select set_config('role', tableowner, false) from pg_tables where tablename = 'chunks'`,
      );
    });
    expect(await stateOf(cut)).toMatchObject({ state: 'building', method: 'exact' });
    await builder.round();
    expect(await stateOf(cut)).toMatchObject({ state: 'ready' });
  });

  it('is given up when its collection is deleted meanwhile', async () => {
    const doomed = await fill(1000);
    await letIndex(doomed, { efConstruction: 1000, m: 100 });
    const building = builder.round();
    while ((await stateOf(doomed))?.state === 'none') await Promise.race([building, store.ping()]);
    await expect(store.deleteCollection(doomed.name)).resolves.toMatchObject({ documents: 1000 });
    await building;
    expect(await stateOf(doomed)).toBeUndefined();
  });

  async function exactSearch(request: Partial<SearchRequest>) {
    const { text, parameters } = searchStatement(
      collection,
      { ...ANYTHING, limit: 10, vector: direction(-1), ...request },
      null,
    );
    const rows = await opened.database.query<{ document_id: string; score: number }>(text, parameters);
    return rows.map((row) => ({ documentId: row.document_id, score: row.score }));
  }
});

/** A document whose vector points anywhere, but for its first number, which says on which side it is. */
function numbered(number: number): DocumentToStore {
  const side = number % 20 === 0 ? 'far' : 'near';
  return {
    ...document(`d${number}`, [`word w${number % 50}`], [[...direction(number, side === 'far' ? 1 : -1)]]),
    metadata: { number, half: number % 2, tenth: number % 10, hundredth: number % 100, side },
  };
}

/** A vector that looks random. */
function direction(seed: number, first = 0): Float32Array {
  return Float32Array.from({ length: DIMENSIONS }, (_, index) =>
    index === 0 && first !== 0 ? 40 * first : Math.sin((seed + 7) * 12.9898 * (index + 1.31)) * 2,
  );
}
