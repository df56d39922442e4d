import { EmbeddingCache, type EmbeddingCacheStore } from './embedding-cache.js';

class MapStore implements EmbeddingCacheStore {
  readonly entries = new Map<string, unknown>();
  readonly ttls: number[] = [];

  getMany(namespace: string, keys: readonly string[]): Promise<unknown[]> {
    return Promise.resolve(keys.map((key) => this.entries.get(`${namespace}:${key}`)));
  }

  setMany(namespace: string, entries: readonly (readonly [string, unknown])[], ttlMs: number): Promise<void> {
    for (const [key, value] of entries) this.entries.set(`${namespace}:${key}`, value);
    this.ttls.push(ttlMs);
    return Promise.resolve();
  }
}

const VECTOR = new Float32Array([0.5, -0.25]);

function cacheOn(store: MapStore, modelId = 'model'): EmbeddingCache {
  return new EmbeddingCache({ store, modelId, ttlMs: 1000 });
}

async function save(cache: EmbeddingCache, text: string, dimensions: number | null): Promise<void> {
  const [found] = await cache.find([{ text }], dimensions);
  await cache.save([[found!.key, VECTOR]]);
}

async function vectorOf(cache: EmbeddingCache, text: string, dimensions: number | null) {
  const [found] = await cache.find([{ text }], dimensions);
  return found!.vector;
}

describe('EmbeddingCache', () => {
  it('finds what was saved, beside what was not', async () => {
    const store = new MapStore();
    const cache = cacheOn(store);
    await save(cache, 'known', 2);

    const found = await cache.find([{ text: 'new' }, { text: 'known' }], 2);

    expect(found.map(({ item, vector }) => [item.text, vector])).toEqual([
      ['new', null],
      ['known', VECTOR],
    ]);
    expect(store.ttls).toEqual([1000]);
  });

  it('keeps models and dimensions apart', async () => {
    const store = new MapStore();
    await save(cacheOn(store), 'text', 2);

    await expect(vectorOf(cacheOn(store), 'text', 2)).resolves.toEqual(VECTOR);
    await expect(vectorOf(cacheOn(store, 'other'), 'text', 2)).resolves.toBeNull();
    await expect(vectorOf(cacheOn(store), 'text', null)).resolves.toBeNull();
  });

  it('stores floats under keys that show nothing of the text', async () => {
    const store = new MapStore();
    await save(cacheOn(store), 'private words', 2);

    const [[key, value] = []] = store.entries;

    expect(key).toMatch(/^embedding:[\w-]{43}$/u);
    expect(JSON.stringify(value)).toBe(JSON.stringify(Buffer.from(VECTOR.buffer).toString('base64')));
  });

  it('finds what came back as JSON', async () => {
    const store = new MapStore();
    const cache = cacheOn(store);
    await save(cache, 'text', 2);
    for (const [key, value] of store.entries) store.entries.set(key, JSON.parse(JSON.stringify(value)));

    await expect(vectorOf(cache, 'text', 2)).resolves.toEqual(VECTOR);
  });

  it('keeps a part of larger memory by itself', async () => {
    const store = new MapStore();
    const cache = cacheOn(store);
    const [found] = await cache.find([{ text: 'text' }], 2);
    await cache.save([[found!.key, new Float32Array(1000).subarray(2, 4)]]);

    const vector = await vectorOf(cache, 'text', 2);

    expect(vector).toHaveLength(2);
    expect(vector!.buffer.byteLength).toBe(8);
  });

  it.each([[42], ['AAA='], [Buffer.from(new Float32Array(3).buffer).toString('base64')]])(
    'takes %j for a miss',
    async (value) => {
      const store = new MapStore();
      const cache = cacheOn(store);
      await save(cache, 'text', 2);
      for (const key of store.entries.keys()) store.entries.set(key, value);

      await expect(vectorOf(cache, 'text', 2)).resolves.toBeNull();
    },
  );
});
