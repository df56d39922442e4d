import fc from 'fast-check';
import { encodeVector } from '../../vector-bytes.js';
import { readEmbeddings } from './read-embeddings.js';

const ANY = { count: 1, dimensions: null };

function body(...embeddings: unknown[]) {
  return { data: embeddings.map((embedding, index) => ({ index, embedding })), usage: { prompt_tokens: 3 } };
}

describe('readEmbeddings', () => {
  it('reads base64 and numbers alike, in any order', async () => {
    const vector = fc.float32Array({ minLength: 3, maxLength: 3, noNaN: true, noDefaultInfinity: true });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(vector, fc.boolean(), fc.nat()), { minLength: 1, maxLength: 10 }),
        async (items) => {
          const data = items
            .map(([values, packed, order], index) => ({
              order,
              item: { index, embedding: packed ? encodeVector(values) : [...values] },
            }))
            .sort((one, other) => one.order - other.order)
            .map(({ item }) => item);

          const { vectors } = await readEmbeddings({ data }, { count: items.length, dimensions: 3 });

          expect(vectors).toEqual(items.map(([values]) => values));
        },
      ),
    );
  });

  it('goes by the order where vectors are not numbered', async () => {
    const { vectors } = await readEmbeddings(
      { data: [{ embedding: [1] }, { embedding: [2] }] },
      { count: 2, dimensions: null },
    );

    expect(vectors).toEqual([new Float32Array([1]), new Float32Array([2])]);
  });

  it.each([
    [{ prompt_tokens: 7, total_tokens: 9 }, 7],
    [{ total_tokens: 9 }, 9],
    [{ prompt_tokens: 0 }, 0],
    [{ prompt_tokens: -1 }, null],
    [{ prompt_tokens: 'many' }, null],
    [undefined, null],
  ])('reads the usage %j as %j tokens', async (usage, promptTokens) => {
    await expect(readEmbeddings({ data: [{ embedding: [1] }], usage }, ANY)).resolves.toMatchObject({
      promptTokens,
    });
  });

  it.each<[string, unknown]>([
    ['no object', 'embeddings'],
    ['null', null],
    ['no data', { usage: {} }],
    ['too few vectors', { data: [] }],
    ['too many vectors', body([1], [2])],
    ['no vector', body(null)],
    ['an empty vector', body([])],
    ['an empty string', body('')],
    ['broken base64', body('AAA=')],
    ['a number that is none', body(['1'])],
    ['an infinite number', body([1e300])],
    ['a NaN in base64', body(encodeVector(new Float32Array([NaN])))],
    ['an index out of range', { data: [{ index: 1, embedding: [1] }] }],
    ['a negative index', { data: [{ index: -1, embedding: [1] }] }],
    ['an index that is no number', { data: [{ index: '0', embedding: [1] }] }],
  ])('refuses %s', async (_, answer) => {
    await expect(readEmbeddings(answer, ANY)).rejects.toMatchObject({ name: 'UnusableAnswerError' });
  });

  it('refuses an index that comes twice', async () => {
    const data = [0, 0].map((index) => ({ index, embedding: [1] }));

    await expect(readEmbeddings({ data }, { count: 2, dimensions: null })).rejects.toThrow('numbered');
  });

  it('refuses vectors of the wrong length, or of several', async () => {
    await expect(readEmbeddings(body([1, 2]), { count: 1, dimensions: 3 })).rejects.toThrow(
      'has 2 dimensions where 3 were expected',
    );
    await expect(readEmbeddings(body([1, 2], [1]), { count: 2, dimensions: null })).rejects.toThrow(
      'has 1 dimensions where 2 were expected',
    );
  });
});
