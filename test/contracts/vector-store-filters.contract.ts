import fc from 'fast-check';
import { matchesFilter } from '../../src/core/vector-store/filter/matches-filter.js';
import { parseFilter } from '../../src/core/vector-store/filter/parse-filter.js';
import type { Collection, VectorStore } from '../../src/core/vector-store/vector-store.js';
import { FILTER_SEED, FILTERABLE_DOCUMENTS as DOCUMENTS, RANDOM_FILTERS } from '../support/random-filters.js';
import { ANYTHING, document } from '../support/stored-documents.js';

const RUNS = 500;

/** The filter language gives the same answer on every store: that of `matchesFilter`. */
export function describeFilters(
  subject: () => { readonly store: VectorStore; readonly collection: Collection },
): void {
  describe('filters', () => {
    const found = async (filter: unknown) => {
      const { store, collection } = subject();
      const hits = await store.search(collection, {
        ...ANYTHING,
        limit: DOCUMENTS.length,
        filter: parseFilter(filter),
      });
      return hits.map(({ documentId }) => documentId).sort();
    };
    const put = (metadata: Record<string, Record<string, unknown>>) =>
      subject().store.replaceDocuments(
        subject().collection,
        Object.entries(metadata).map(([id, value]) => ({ ...document(id, ['text']), metadata: value })),
      );

    it('let through what they should, 500 random ones', async () => {
      await subject().store.replaceDocuments(
        subject().collection,
        DOCUMENTS.map(({ document_id: id, title, source, source_type: sourceType, metadata }) => ({
          ...document(id, ['text']),
          title,
          source,
          sourceType,
          metadata,
        })),
      );
      let telling = 0;
      await fc.assert(
        fc.asyncProperty(RANDOM_FILTERS, async (input) => {
          const filter = parseFilter(input);
          const expected = DOCUMENTS.filter((item) => matchesFilter(filter, item)).map(
            (item) => item.document_id,
          );
          expect(await found(input)).toEqual(expected.sort());
          if (expected.length > 0 && expected.length < DOCUMENTS.length) telling += 1;
        }),
        { numRuns: RUNS, seed: FILTER_SEED },
      );
      // Filters that let all or none of the documents through would prove little.
      expect(telling).toBeGreaterThan(RUNS * 0.4);
    }, 120_000);

    it('tell numbers from texts, and what is missing from what is null or empty', async () => {
      await put({ number: { a: 5 }, text: { a: '5' }, null: { a: null }, empty: { a: [] }, other: { b: 5 } });
      expect(await found({ a: 5 })).toEqual(['number']);
      expect(await found({ a: '5' })).toEqual(['text']);
      expect(await found({ a: { $gt: 4 } })).toEqual(['number']);
      expect(await found({ a: { $gte: '4' } })).toEqual(['text']);
      expect(await found({ a: { $exists: true } })).toEqual(['number', 'text']);
      expect(await found({ a: { $ne: 5 } })).toEqual(['empty', 'null', 'other', 'text']);
      expect(await found({ a: { $in: [5, '5'] } })).toEqual(['number', 'text']);
      expect(await found({ a: { $nin: [5, '5'] } })).toEqual(['empty', 'null', 'other']);
    });

    it('compare long texts that begin alike, in both directions', async () => {
      const prefix = 'ä'.repeat(60);
      await put({
        b: { a: `${prefix}b` },
        c: { a: `${prefix}c` },
        short: { a: prefix },
        long: { a: `${prefix}bb` },
      });
      expect(await found({ a: { $gt: `${prefix}b` } })).toEqual(['c', 'long']);
      expect(await found({ a: { $lte: `${prefix}b` } })).toEqual(['b', 'short']);
      expect(await found({ $not: { a: { $gt: `${prefix}b` } } })).toEqual(['b', 'short']);
      expect(await found({ $not: { a: { $lt: `${prefix}bb` } } })).toEqual(['c', 'long']);
    });

    it('look into lists and nested objects', async () => {
      await put({
        flat: { authors: ['Ada', 'Grace'] },
        nested: { authors: [{ name: 'Ada' }, { name: 'Łukasz 🙂' }] },
        deep: { a: { b: { c: [[1], 2] } } },
      });
      expect(await found({ authors: 'Ada' })).toEqual(['flat']);
      expect(await found({ 'authors.name': 'Łukasz 🙂' })).toEqual(['nested']);
      expect(await found({ 'a.b.c': 2 })).toEqual(['deep']);
      expect(await found({ 'a.b.c': 1 })).toEqual([]);
      expect(await found({ $or: [{ authors: 'Ada' }, { $and: [{ 'a.b.c': { $lt: 3 } }] }] })).toEqual([
        'deep',
        'flat',
      ]);
    });
  });
}
