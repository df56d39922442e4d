import { definitionOf } from '../../embedding-model-definition.js';
import { LexicalEmbeddingModel } from './lexical-embedding-model.js';
import { lexicalVector } from './lexical-vector.js';

describe('LexicalEmbeddingModel', () => {
  const { descriptor } = definitionOf({ provider: 'local', name: 'local-lexical' }, 'local-lexical');
  const model = new LexicalEmbeddingModel(descriptor);

  it('embeds each text, and counts its words', async () => {
    await expect(model.embed({ texts: ['solar panels on roofs', 'rain'] })).resolves.toEqual([
      { vector: lexicalVector('solar panels on roofs', 384), promptTokens: 4, cached: false },
      { vector: lexicalVector('rain', 384), promptTokens: 1, cached: false },
    ]);
  });

  it('makes shorter vectors when it is asked to', async () => {
    const [embedded] = await model.embed({ texts: ['solar panels'], dimensions: 64 });

    expect(embedded!.vector).toEqual(lexicalVector('solar panels', 64));
  });

  it('makes shorter vectors when its settings say so', async () => {
    const short = new LexicalEmbeddingModel({ ...descriptor, dimensions: 128 });
    const [embedded] = await short.embed({ texts: ['solar panels'] });

    expect(embedded!.vector).toHaveLength(128);
  });

  it('lets other work run during a large batch, and stops when its caller gives up', async () => {
    const controller = new AbortController();
    const reason = new Error('client left');
    const texts = Array.from({ length: 5000 }, (_, index) => `sentence ${index} about the weather in spring`);

    const embedding = model.embed({ texts, signal: controller.signal });
    setImmediate(() => {
      controller.abort(reason);
    });

    await expect(embedding).rejects.toBe(reason);
  });
});
