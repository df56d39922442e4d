import { CountingEmbeddingModel, embeddingOf } from '../../../test/support/counting-embedding-model.js';
import { LengthCheckedEmbeddingModel } from './length-checked-embedding-model.js';
import { TokenCounter } from './tokens/token-counter.js';
import { WORD_UNIT } from './tokens/words.js';

describe('LengthCheckedEmbeddingModel', () => {
  const inner = new CountingEmbeddingModel(undefined, { maxInputTokens: 3 });
  const model = new LengthCheckedEmbeddingModel(inner, new TokenCounter(WORD_UNIT));

  beforeEach(() => {
    inner.requests.length = 0;
  });

  it('lets texts pass that are as long as the model takes', async () => {
    await expect(model.embed({ texts: ['one two three'] })).resolves.toEqual([embeddingOf('one two three')]);
  });

  it('names the text that is too long, before the model is called', async () => {
    const embedding = model.embed({ texts: ['one', 'one two three four', 'one two three four five'] });

    await expect(embedding).rejects.toMatchObject({
      name: 'InputTooLongError',
      index: 1,
      modelId: 'counting',
      maxInputTokens: 3,
    });
    expect(inner.callCount).toBe(0);
  });

  it('describes the inner model', () => {
    expect(model.descriptor).toBe(inner.descriptor);
  });
});
