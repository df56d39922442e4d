import { randomUUID } from 'node:crypto';
import { ConflictError } from '../../src/common/errors/conflict.error.js';
import { NotFoundError } from '../../src/common/errors/not-found.error.js';
import type {
  Collection,
  DocumentToStore,
  SearchRequest,
  VectorStore,
} from '../../src/core/vector-store/vector-store.js';
import { ANYTHING, document } from '../support/stored-documents.js';
import { describeFilters } from './vector-store-filters.contract.js';
import { describeGenerations } from './vector-store-generations.contract.js';
import { describeSearch } from './vector-store-search.contract.js';

const DIMENSIONS = 4;

/** What every vector store does, whatever it is made of. */
export function describeVectorStoreContract(name: string, connect: () => Promise<StoreUnderTest>): void {
  describe(`${name} as a vector store`, () => {
    let subject: StoreUnderTest;
    let store: VectorStore;
    let collection: Collection;

    beforeAll(async () => {
      subject = await connect();
      store = subject.store;
    });
    afterAll(() => subject.close());
    beforeEach(async () => {
      collection = await store.ensureCollection(`c-${randomUUID()}`, 'model', DIMENSIONS);
    });

    const put = (...documents: DocumentToStore[]) => store.replaceDocuments(collection, documents);
    const search = (request: Partial<SearchRequest>) => store.search(collection, { ...ANYTHING, ...request });
    const found = async (request: Partial<SearchRequest>) =>
      (await search(request)).map(({ documentId, chunkIndex }) => `${documentId}#${chunkIndex}`);
    const refreshed = async () => (await store.findCollection(collection.name))!;

    it('can be pinged', () => expect(store.ping()).resolves.toBeUndefined());

    describe('collections', () => {
      it('makes one once, also when asked ten times at the same moment', async () => {
        const name = `c-${randomUUID()}`;
        const made = await Promise.all(
          Array.from({ length: 10 }, () => store.ensureCollection(name, 'model', DIMENSIONS)),
        );
        expect(new Set(made.map(({ id }) => id)).size).toBe(1);
        expect(made[0]).toMatchObject({
          name,
          embeddingModel: 'model',
          dimensions: 4,
          documents: 0,
          chunks: 0,
        });
      });

      it('keeps the model and dimensions of the first to ask', async () => {
        const again = await store.ensureCollection(collection.name, 'other', 9);
        expect(again).toMatchObject({ id: collection.id, embeddingModel: 'model', dimensions: DIMENSIONS });
      });

      it('lists them by name, in pages', async () => {
        const { items, total } = await store.listCollections({ limit: 1000, offset: 0 });
        const names = items.map((item) => item.name);
        expect(names).toContain(collection.name);
        expect(names).toEqual([...names].sort());
        expect(total).toBe(items.length);
        const second = await store.listCollections({ limit: 1, offset: 1 });
        expect(second.items.map((item) => item.name)).toEqual(names.slice(1, 2));
        expect(second.total).toBe(total);
      });

      it('deletes one with all that is in it, and says what that was', async () => {
        await put(document('a', ['one', 'two']), document('b', ['three']));
        await expect(store.deleteCollection(collection.name)).resolves.toMatchObject({
          documents: 2,
          chunks: 3,
        });
        await expect(store.findCollection(collection.name)).resolves.toBeNull();
        await expect(store.deleteCollection(collection.name)).resolves.toBeNull();
        await expect(search({})).rejects.toBeInstanceOf(NotFoundError);
        await expect(put(document('a', ['one']))).rejects.toBeInstanceOf(ConflictError);
      });

      it('finds one to search, until searching it says that it is gone', async () => {
        const { name } = collection;
        await expect(store.findCollectionToSearch(`c-${randomUUID()}`)).resolves.toBeNull();
        await expect(store.findCollectionToSearch(name)).resolves.toMatchObject({ id: collection.id });
        await store.deleteCollection(name);
        await expect(search({})).rejects.toBeInstanceOf(NotFoundError);
        await expect(store.findCollectionToSearch(name)).resolves.toBeNull();
        const again = await store.ensureCollection(name, 'model', DIMENSIONS);
        await expect(store.findCollectionToSearch(name)).resolves.toMatchObject({ id: again.id });
      });

      it('starts empty when it is made anew', async () => {
        await put(document('a', ['one']));
        await store.deleteCollection(collection.name);
        collection = await store.ensureCollection(collection.name, 'model', DIMENSIONS);
        await expect(found({})).resolves.toEqual([]);
      });
    });

    describe('documents', () => {
      it('stores and returns everything', async () => {
        const metadata = { tags: ['x', null], nested: { deep: 1.5 }, ключ: '値', '': false };
        await put({
          ...document('id with spaces/and "quotes"', ['Erster 🙂', 'second']),
          title: 'Titel',
          source: 'https://example.org',
          sourceType: 'web',
          metadata,
        });
        const stored = await store.findDocument(collection, 'id with spaces/and "quotes"');
        expect(stored).toMatchObject({
          title: 'Titel',
          source: 'https://example.org',
          sourceType: 'web',
          metadata,
          characters: 15,
          chunkCount: 2,
          chunks: [
            { index: 0, text: 'Erster 🙂', start: 0, end: 9 },
            { index: 1, text: 'second', start: 9, end: 15 },
          ],
        });
        expect(stored?.createdAt).toBeInstanceOf(Date);
        await expect(store.findDocument(collection, 'absent')).resolves.toBeNull();
      });

      it('replaces one, also by a shorter one, and counts right', async () => {
        await put(document('a', ['apple pie', 'apple tart', 'apple cake']), document('b', ['banana']));
        await put(document('a', ['cherry']));
        expect(await found({ mode: 'keyword', query: 'apple' })).toEqual([]);
        expect(await found({ mode: 'keyword', query: 'cherry' })).toEqual(['a#0']);
        expect(await found({ mode: 'dense' })).toHaveLength(2);
        expect(await refreshed()).toMatchObject({ documents: 2, chunks: 2 });
      });

      it('lists them by id, in pages', async () => {
        await put(...['c', 'a', 'B', 'b'].map((id) => document(id, ['text'])));
        const { items, total } = await store.listDocuments(await refreshed(), { limit: 3, offset: 1 });
        expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
        expect(total).toBe(4);
      });

      it('deletes one', async () => {
        await put(document('a', ['apple', 'apple']), document('b', ['apple']));
        await expect(store.deleteDocument(collection, 'a')).resolves.toBe(true);
        await expect(store.deleteDocument(collection, 'a')).resolves.toBe(false);
        expect(await found({ mode: 'keyword', query: 'apple' })).toEqual(['b#0']);
        expect(await refreshed()).toMatchObject({ documents: 1, chunks: 1 });
      });

      it('knows content hashes, and vectors by what they were made from', async () => {
        const stored = document('a', ['apple', 'banana']);
        await put(stored);
        const hashes = await store.contentHashes(collection, ['a', 'absent']);
        expect([...hashes]).toEqual([['a', stored.contentHash]]);
        const vectors = await store.vectorsByInput(collection, ['a', 'absent']);
        expect(vectors.size).toBe(2);
        for (const chunk of stored.chunks) {
          expect(vectors.get(chunk.inputHash.toString('hex'))).toEqual(chunk.vector);
        }
      });

      it('stores more than one transaction takes', async () => {
        const documents = Array.from({ length: 300 }, (_, index) => document(`d${index}`, ['many', 'words']));
        await put(
          ...documents,
          document(
            'large',
            Array.from({ length: 400 }, () => 'part'),
          ),
        );
        expect(await refreshed()).toMatchObject({ documents: 301, chunks: 1000 });
      });

      it('is not confused by many writers of the same documents', async () => {
        const ids = ['a', 'b', 'c', 'd', 'e'];
        await Promise.all(
          Array.from({ length: 12 }, (_, writer) => {
            const turned = [...ids.slice(writer % 5), ...ids.slice(0, writer % 5)];
            return put(
              ...turned.map((id) =>
                document(
                  id,
                  Array.from({ length: (writer % 3) + 1 }, () => `w${writer}`),
                ),
              ),
            );
          }),
        );
        const state = await refreshed();
        const stored = await Promise.all(ids.map((id) => store.findDocument(collection, id)));
        expect(state.documents).toBe(5);
        expect(state.chunks).toBe(stored.reduce((total, item) => total + item!.chunks.length, 0));
        for (const item of stored) {
          expect(new Set(item!.chunks.map(({ text }) => text)).size).toBe(1);
          expect(item!.chunks).toHaveLength(item!.chunkCount);
        }
      });
    });

    describeSearch(() => ({ store, collection }));
    describeFilters(() => ({ store, collection }));
    describeGenerations(() => ({ store, collection }));

    it('says how much each collection takes', async () => {
      await put(document('a', ['apple']));
      const all = await store.statistics();
      const own = all.find((item) => item.collection.name === collection.name);
      expect(own?.collection).toMatchObject({ documents: 1, chunks: 1 });
      expect(own?.bytes).toBeGreaterThan(0);
    });
  });
}

export interface StoreUnderTest {
  readonly store: VectorStore;
  close(): Promise<void>;
}
