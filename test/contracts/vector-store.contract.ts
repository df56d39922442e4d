import { createHash, randomUUID } from 'node:crypto';
import { ConflictError } from '../../src/common/errors/conflict.error.js';
import { NotFoundError } from '../../src/common/errors/not-found.error.js';
import { parseFilter } from '../../src/core/vector-store/filter/parse-filter.js';
import type {
  ChunkToStore,
  Collection,
  DocumentToStore,
  SearchRequest,
  VectorStore,
} from '../../src/core/vector-store/vector-store.js';

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

    describe('search', () => {
      it('ranks by cosine in dense mode', async () => {
        await put(
          document('same', ['x'], [[2, 0, 0, 0]]),
          document('near', ['x'], [[1, 1, 0, 0]]),
          document('apart', ['x'], [[0, 0, 1, 0]]),
          document('opposite', ['x'], [[-1, 0, 0, 0]]),
        );
        const hits = await search({ mode: 'dense', vector: Float32Array.of(1, 0, 0, 0) });
        expect(hits.map(({ documentId }) => documentId)).toEqual(['same', 'near', 'apart', 'opposite']);
        const [same, near, apart, opposite] = hits.map(({ denseScore }) => denseScore);
        expect([same, near, apart, opposite].map((score) => score?.toFixed(4))).toEqual([
          '1.0000',
          '0.7071',
          '0.0000',
          '-1.0000',
        ]);
        for (const { score } of hits) expect(score).toBeGreaterThanOrEqual(0);
        expect(hits.map(({ keywordScore }) => keywordScore)).toEqual([null, null, null, null]);
      });

      it('ranks by BM25 in keyword mode', async () => {
        await put(
          document('twice', ['apple apple pie']),
          document('once', ['apple pie tart']),
          document('long', ['apple with a great many other words that dilute it']),
          document('none', ['banana']),
        );
        const hits = await search({ mode: 'keyword', query: 'Apples!' });
        expect(hits.map(({ documentId }) => documentId)).toEqual(['twice', 'once', 'long']);
        // Lengths without stop words are 3, 3, 6 and 1, so a share is tf / (tf + 1.2 (0.25 + 0.75 · length / 3.25)).
        expect(hits[0]?.keywordScore).toBeCloseTo(2 / (2 + 1.2 * (0.25 + (0.75 * 3) / 3.25)), 6);
        expect(hits[1]?.score).toBeCloseTo(1 / (1 + 1.2 * (0.25 + (0.75 * 3) / 3.25)), 6);
      });

      it("weighs the query's terms by rarity and by how often the query has them", async () => {
        await put(document('a', ['apple x']), document('b', ['banana x']), document('c', ['x y']));
        expect(await found({ mode: 'keyword', query: 'x banana' })).toEqual(['b#0', 'a#0', 'c#0']);
        expect(await found({ mode: 'keyword', query: 'banana apple apple' })).toEqual(['a#0', 'b#0']);
        const [hit] = await search({ mode: 'keyword', query: 'banana unheard' });
        expect(hit?.score).toBeLessThan(0.5);
      });

      it('counts the title as part of every chunk', async () => {
        await put({ ...document('a', ['text one', 'text two']), title: 'Quarterly report' });
        expect(await found({ mode: 'keyword', query: 'quarterly' })).toEqual(['a#0', 'a#1']);
      });

      it('finds nothing without a word to look for', async () => {
        await put(document('a', ['apple']));
        expect(await found({ mode: 'keyword', query: 'the of !?' })).toEqual([]);
        expect(await found({ mode: 'hybrid', query: '???' })).toEqual(['a#0']);
      });

      it('fuses both sides in hybrid mode', async () => {
        await put(
          document('both', ['apple'], [[1, 0, 0, 0]]),
          document('meaning', ['fruit'], [[1, 0, 0, 0]]),
          document('word', ['apple'], [[0, 1, 0, 0]]),
        );
        const hits = await search({
          mode: 'hybrid',
          query: 'apple',
          vector: Float32Array.of(1, 0, 0, 0),
          denseWeight: 0.4,
        });
        expect(hits.map(({ documentId }) => documentId)).toEqual(['both', 'meaning', 'word']);
        const [both] = hits;
        expect(both?.score).toBeCloseTo(0.4 * both!.denseScore! + 0.6 * both!.keywordScore!, 6);
        for (const { score } of hits) expect(score).toBeLessThanOrEqual(1);
      });

      it('leaves out what is below the least score, and what is over the limit', async () => {
        await put(
          document('same', ['x'], [[1, 0, 0, 0]]),
          document('near', ['x'], [[1, 1, 0, 0]]),
          document('apart', ['x'], [[0, 0, 1, 0]]),
        );
        const vector = Float32Array.of(1, 0, 0, 0);
        expect(await found({ mode: 'dense', vector, minScore: 0.5 })).toEqual(['same#0', 'near#0']);
        expect(await found({ mode: 'dense', vector, limit: 1 })).toEqual(['same#0']);
      });

      it('survives vectors of nothing but zeros', async () => {
        await put(document('zero', ['x'], [[0, 0, 0, 0]]));
        const [hit] = await search({ mode: 'dense', vector: Float32Array.of(0, 0, 0, 0) });
        expect(hit).toMatchObject({ documentId: 'zero', score: 0, denseScore: 0 });
      });

      it.each(['dense', 'keyword', 'hybrid'] as const)(
        'filters before it counts to the limit, in %s mode',
        async (mode) => {
          const documents = Array.from({ length: 40 }, (_, index) => ({
            ...document(`d${String(index).padStart(2, '0')}`, ['apple']),
            metadata: { number: index, even: index % 2 === 0 },
            sourceType: index < 10 ? 'web' : 'file',
          }));
          await put(...documents);
          const filter = parseFilter({ number: { $gte: 8 }, even: true, source_type: 'web' });
          expect(await found({ mode, query: 'apple', filter, limit: 5 })).toEqual(['d08#0']);
          const rest = parseFilter({ $not: { number: { $lt: 38 } } });
          expect((await found({ mode, query: 'apple', filter: rest })).sort()).toEqual(['d38#0', 'd39#0']);
        },
      );

      it('sees a document whole while it is replaced over and over', async () => {
        const versions = [document('a', ['old old', 'old']), document('a', ['new', 'new new', 'new'])];
        await put(versions[0]!);
        let isWriting = true;
        const writing = (async () => {
          for (let round = 0; round < 20; round += 1) await put(versions[round % 2]!);
          isWriting = false;
        })();
        let reads = 0;
        while (isWriting) {
          const hits = await search({ mode: 'dense', limit: 10 });
          const words = new Set(hits.map(({ text }) => text.slice(0, 3)));
          expect([...words]).toHaveLength(1);
          expect(hits).toHaveLength(words.has('old') ? 2 : 3);
          reads += 1;
        }
        await writing;
        expect(reads).toBeGreaterThan(0);
      });
    });

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

const ANYTHING: SearchRequest = {
  mode: 'dense',
  query: 'anything',
  vector: Float32Array.of(1, 0, 0, 0),
  denseWeight: 0.5,
  limit: 100,
  minScore: 0,
  filter: { kind: 'and', filters: [] },
};

/** A document with these chunks; where no vectors are given, all point the same way. */
function document(id: string, texts: string[], vectors: number[][] = []): DocumentToStore {
  let offset = 0;
  const chunks = texts.map((text, index): ChunkToStore => {
    const start = offset;
    offset += text.length;
    const vector = Float32Array.from(vectors[index] ?? [1, 0, 0, 0]);
    return { index, text, start, end: offset, inputHash: sha256(`${id} ${index} ${text}`), vector };
  });
  return {
    id,
    contentHash: sha256(texts.join('\n')),
    title: null,
    source: null,
    sourceType: null,
    metadata: {},
    characters: offset,
    chunks,
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
