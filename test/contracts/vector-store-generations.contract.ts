import { ConflictError } from '../../src/common/errors/conflict.error.js';
import { NotFoundError } from '../../src/common/errors/not-found.error.js';
import type { Collection, DocumentContent, VectorStore } from '../../src/core/vector-store/vector-store.js';
import { ANYTHING, document } from '../support/stored-documents.js';

const EVERYTHING = 100;

/** A document as it was stored, with a vector for a model of two dimensions. */
function reembedded(content: DocumentContent) {
  return {
    ...content,
    chunks: content.chunks.map((chunk) => ({ ...chunk, vector: Float32Array.of(0, 1) })),
  };
}

/** How a collection gives way to another generation of itself. */
export function describeGenerations(
  subject: () => { readonly store: VectorStore; readonly collection: Collection },
): void {
  describe('generations', () => {
    let store: VectorStore;
    let collection: Collection;
    let generation: Collection;

    beforeEach(async () => {
      ({ store, collection } = subject());
      await store.replaceDocuments(collection, [
        { ...document('a', ['apple', 'apple tree']), title: 'Fruit', metadata: { kind: 'fruit' } },
        document('b', ['banana']),
      ]);
      generation = await store.beginGeneration(collection, 'other', 2);
    });

    const copy = async (...ids: string[]) => {
      const contents = await store.documentContents(collection, ids);
      await store.replaceDocuments(generation, contents.map(reembedded));
    };
    const search = (where: Collection, values: number[]) =>
      store.search(where, { ...ANYTHING, vector: Float32Array.from(values) });
    const named = async () => (await store.findCollection(collection.name))!;

    it('are found by their collection only', async () => {
      await expect(store.findGeneration(collection)).resolves.toMatchObject({
        id: generation.id,
        embeddingModel: 'other',
        dimensions: 2,
        documents: 0,
      });
      expect((await named()).id).toBe(collection.id);
      await expect(store.findCollection(generation.name)).resolves.toBeNull();
      const { items, total } = await store.listCollections({ limit: 1000, offset: 0 });
      expect(items.map(({ id }) => id)).not.toContain(generation.id);
      expect(total).toBe(items.length);
      expect((await store.statistics()).map((item) => item.collection.id)).not.toContain(generation.id);
    });

    it('differ by what was added, changed and removed', async () => {
      const compare = () => store.compareGeneration(collection, generation, EVERYTHING);
      await expect(compare()).resolves.toEqual({ changed: ['a', 'b'], removed: [] });
      await expect(store.compareGeneration(collection, generation, 1)).resolves.toEqual({
        changed: ['a'],
        removed: [],
      });
      await copy('a', 'b');
      await expect(compare()).resolves.toEqual({ changed: [], removed: [] });
      await store.replaceDocuments(collection, [document('a', ['apricot']), document('c', ['cherry'])]);
      await store.deleteDocument(collection, 'b');
      await expect(compare()).resolves.toEqual({ changed: ['a', 'c'], removed: ['b'] });
    });

    it('get what was stored, whole', async () => {
      const [content, ...others] = await store.documentContents(collection, ['a', 'absent']);
      const stored = document('a', ['apple', 'apple tree']);
      expect(others).toEqual([]);
      expect(content).toMatchObject({
        id: 'a',
        contentHash: stored.contentHash,
        title: 'Fruit',
        metadata: { kind: 'fruit' },
        characters: 15,
        chunks: stored.chunks.map(({ index, text, start, end, inputHash, metadata }) => ({
          index,
          text,
          start,
          end,
          inputHash,
          metadata,
        })),
      });
    });

    it('take the place of their collection once they hold the same', async () => {
      await copy('a');
      await expect(store.switchGeneration(collection, generation)).resolves.toBe(false);
      expect((await named()).id).toBe(collection.id);
      await copy('b');
      const before = await store.findDocument(collection, 'a');
      await expect(store.switchGeneration(collection, generation)).resolves.toBe(true);
      const after = await named();
      expect(after).toMatchObject({
        id: generation.id,
        name: collection.name,
        embeddingModel: 'other',
        dimensions: 2,
        documents: 2,
        chunks: 3,
        createdAt: collection.createdAt,
      });
      await expect(search(after, [0, 1])).resolves.toHaveLength(3);
      await expect(
        store.search(after, { ...ANYTHING, mode: 'keyword', query: 'tree' }),
      ).resolves.toMatchObject([{ documentId: 'a', chunkIndex: 1, title: 'Fruit' }]);
      await expect(store.findDocument(after, 'a')).resolves.toEqual(before);
      await expect(store.findGeneration(after)).resolves.toBeNull();
      await expect(search(collection, [1, 0, 0, 0])).rejects.toBeInstanceOf(NotFoundError);
      await expect(store.replaceDocuments(collection, [document('z', ['late'])])).rejects.toBeInstanceOf(
        ConflictError,
      );
      await expect(store.deleteDocument(collection, 'a')).rejects.toBeInstanceOf(NotFoundError);
    });

    it('leave no write behind that was made during the switch', async () => {
      await copy('a', 'b');
      const writes = Array.from({ length: 20 }, (_, number) =>
        store
          .replaceDocuments(collection, [document(`w${number}`, ['written'])])
          .then(() => `w${number}`)
          .catch((error: unknown) => {
            expect(error).toBeInstanceOf(ConflictError);
            return null;
          }),
      );
      const isSwitched = await store.switchGeneration(collection, generation);
      const acknowledged = (await Promise.all(writes)).filter((id) => id !== null);
      const { items } = await store.listDocuments(await named(), { limit: 100, offset: 0 });
      expect(isSwitched ? acknowledged : []).toEqual([]);
      expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
    });

    it('are discarded alone, and by the next one', async () => {
      await copy('a', 'b');
      const next = await store.beginGeneration(collection, 'third', 3);
      await expect(store.switchGeneration(collection, generation)).rejects.toBeInstanceOf(ConflictError);
      await store.discardGeneration(next);
      await store.discardGeneration(next);
      await expect(store.findGeneration(collection)).resolves.toBeNull();
      await expect(search(collection, [1, 0, 0, 0])).resolves.toHaveLength(3);
      await store.discardGeneration(collection);
      await expect(search(collection, [1, 0, 0, 0])).resolves.toHaveLength(3);
    });

    it('end with their collection', async () => {
      await store.deleteCollection(collection.name);
      await expect(search(generation, [0, 1])).rejects.toBeInstanceOf(NotFoundError);
      await expect(store.switchGeneration(collection, generation)).rejects.toBeInstanceOf(ConflictError);
    });
  });
}
