import { parseFilter } from '../../src/core/vector-store/filter/parse-filter.js';
import type {
  Collection,
  DocumentToStore,
  SearchRequest,
  VectorStore,
} from '../../src/core/vector-store/vector-store.js';
import { ANYTHING, document } from '../support/stored-documents.js';

export interface SearchedCollection {
  readonly store: VectorStore;
  readonly collection: Collection;
}

/** The part of a vector store's contract that is about finding. */
export function describeSearch(subject: () => SearchedCollection): void {
  describe('search', () => {
    const put = (...documents: DocumentToStore[]) =>
      subject().store.replaceDocuments(subject().collection, documents);
    const search = (request: Partial<SearchRequest>) =>
      subject().store.search(subject().collection, { ...ANYTHING, ...request });
    const found = async (request: Partial<SearchRequest>) =>
      (await search(request)).map(({ documentId, chunkIndex }) => `${documentId}#${chunkIndex}`);

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

    it('shows and filters by where in its file a chunk is, beneath the metadata of the document', async () => {
      const metadata = [{ page: 1, headings: ['A'] }, { page: 2, headings: ['A', 'B'] }, {}];
      const file = document('file', ['apple one', 'apple two', 'apple three']);
      const chunks = file.chunks.map((chunk, index) => ({ ...chunk, metadata: metadata[index] ?? {} }));
      await put(
        { ...file, chunks, metadata: { year: 2026 } },
        { ...file, id: 'own', chunks, metadata: { page: 'cover', headings: null } },
      );
      for (const mode of ['dense', 'keyword', 'hybrid'] as const) {
        const matching = async (filter: object) =>
          (await found({ mode, query: 'apple', filter: parseFilter(filter) })).sort();
        expect(await matching({ page: 2 })).toEqual(['file#1']);
        expect(await matching({ page: { $lt: 2 }, year: 2026 })).toEqual(['file#0']);
        expect(await matching({ headings: 'A' })).toEqual(['file#0', 'file#1']);
        expect(await matching({ page: 'cover' })).toEqual(['own#0', 'own#1', 'own#2']);
        expect(await matching({ page: { $exists: false } })).toEqual(['file#2']);
        expect(await matching({ $not: { $or: [{ page: 1 }, { document_id: 'own' }] } })).toEqual([
          'file#1',
          'file#2',
        ]);
        const hits = await search({ mode, query: 'apple', filter: parseFilter({ year: 2026 }) });
        const shown = hits.map((hit) => [hit.chunkIndex, hit.metadata] as const);
        expect(Object.fromEntries(shown)).toEqual({
          0: { year: 2026, page: 1, headings: ['A'] },
          1: { year: 2026, page: 2, headings: ['A', 'B'] },
          2: { year: 2026 },
        });
      }
      const stored = await subject().store.findDocument(subject().collection, 'own');
      expect(stored?.chunks.map((chunk) => chunk.metadata)).toEqual(metadata);
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
      const written = new AbortController();
      const writing = (async () => {
        for (let round = 0; round < 20; round += 1) await put(versions[round % 2]!);
        written.abort();
      })();
      let reads = 0;
      while (!written.signal.aborted) {
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
}
