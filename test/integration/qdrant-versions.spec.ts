import { loadConfig } from '../../src/config/load-config.js';
import { QdrantStore } from '../../src/core/vector-store/qdrant/qdrant-store.js';
import type { Collection } from '../../src/core/vector-store/vector-store.js';
import { type OpenDatabase, openDatabase } from '../support/open-database.js';
import { QdrantStandIn } from '../support/qdrant/qdrant-stand-in.js';
import { ANYTHING, document } from '../support/stored-documents.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const SHAPE = 'ml-service-4';

describe('versions of documents in Qdrant', () => {
  let home: TestDatabase;
  let opened: OpenDatabase;
  let qdrant: QdrantStandIn;
  let store: QdrantStore;
  let collection: Collection;

  beforeEach(async () => {
    home = await createTestDatabase();
    opened = await openDatabase(home.variables);
    qdrant = await QdrantStandIn.start();
    const { vectorStore } = loadConfig({
      VECTOR_STORE: 'qdrant',
      QDRANT_URL: qdrant.url,
      QDRANT_TIMEOUT_MS: '3000',
    });
    if (vectorStore.kind !== 'qdrant') throw new Error('Qdrant is not configured.');
    store = new QdrantStore(opened.database, opened.allTenants, vectorStore);
    collection = await store.ensureCollection('c', 'model', 4);
  });
  afterEach(async () => {
    await opened.close();
    await qdrant.close();
    await home.remove();
  });

  const texts = async () => (await store.search(collection, ANYTHING)).map(({ text }) => text).sort();
  const makeDue = () => opened.database.query('update qdrant_leftovers set remove_after = now()');
  const leftovers = async () => (await opened.database.query('select from qdrant_leftovers')).length;

  it('are removed once nobody reads them any more, and not before', async () => {
    await store.replaceDocuments(collection, [document('a', ['old', 'older'])]);
    await store.replaceDocuments(collection, [document('a', ['new'])]);
    await store.sweep();
    expect(qdrant.count(SHAPE)).toBe(3);
    expect(await texts()).toEqual(['new']);
    await makeDue();
    await store.sweep();
    expect(qdrant.count(SHAPE)).toBe(1);
    expect(await leftovers()).toBe(0);
    expect(await texts()).toEqual(['new']);
  });

  it('count for nothing when the write ends before it is committed, and are removed', async () => {
    await store.replaceDocuments(collection, [document('a', ['old'])]);
    await opened.database.query(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'crash'; end $$`,
    );
    await opened.database.query(
      'create trigger crash before update on documents for each row execute function refuse()',
    );
    await expect(store.replaceDocuments(collection, [document('a', ['new', 'newer'])])).rejects.toThrow(
      'crash',
    );
    expect(qdrant.count(SHAPE)).toBe(3);
    expect(await texts()).toEqual(['old']);
    await makeDue();
    await store.sweep();
    expect(qdrant.count(SHAPE)).toBe(1);
    expect(await texts()).toEqual(['old']);
  });

  it('that Qdrant never confirmed leave the old one as it was', async () => {
    await store.replaceDocuments(collection, [document('a', ['old'])]);
    qdrant.isStalled = true;
    await expect(store.replaceDocuments(collection, [document('a', ['new'])])).rejects.toThrow('QDRANT_URL');
    qdrant.isStalled = false;
    expect(await texts()).toEqual(['old']);
    expect(await leftovers()).toBe(1);
  });

  it('keep the statistics of words right through replacing and deleting', async () => {
    await store.replaceDocuments(collection, [document('a', ['apple pie', 'apple']), document('b', ['pie'])]);
    await store.replaceDocuments(collection, [document('a', ['cherry'])]);
    await store.deleteDocument(collection, 'b');
    await expect(
      opened.database.query('select term, chunk_count::int as chunks from qdrant_terms'),
    ).resolves.toEqual([{ term: 'cherri', chunks: 1 }]);
    const [totals] = await opened.database.query(
      'select chunk_count::int as chunks, term_count::int as terms from collections',
    );
    expect(totals).toEqual({ chunks: 1, terms: 1 });
  });
});
