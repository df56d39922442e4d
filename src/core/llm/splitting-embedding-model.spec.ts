import fc from 'fast-check';
import {
  CountingEmbeddingModel,
  embedAll,
  embeddingOf,
} from '../../../test/support/counting-embedding-model.js';
import { OPENAI_CALL_LIMITS } from './embedding-catalog.js';
import { SplittingEmbeddingModel } from './splitting-embedding-model.js';
import { CL100K_TOKENS } from './tokens/cl100k-tokens.js';
import { TokenCounter } from './tokens/token-counter.js';
import { WORD_UNIT } from './tokens/words.js';

const WORDS = new TokenCounter(WORD_UNIT);

describe('SplittingEmbeddingModel', () => {
  it('keeps the order and the limits, whatever the texts', async () => {
    const text = fc.integer({ min: 1, max: 6 }).map((words) => 'word '.repeat(words));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 30 }), async (texts) => {
        const inner = new CountingEmbeddingModel();
        const model = new SplittingEmbeddingModel(inner, { maxInputs: 5, maxTokens: 10 }, WORDS);

        await expect(model.embed({ texts })).resolves.toEqual(texts.map((one) => embeddingOf(one)));
        for (const { texts: part } of inner.requests) {
          expect(part.length).toBeLessThanOrEqual(5);
          expect(part.join('').trim().split(' ').length).toBeLessThanOrEqual(10);
        }
      }),
    );
  });

  it('makes no more calls than it takes', async () => {
    const inner = new CountingEmbeddingModel();
    const model = new SplittingEmbeddingModel(inner, { maxInputs: 3, maxTokens: 100 }, WORDS);

    await model.embed({ texts: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] });

    expect(inner.requests.map(({ texts }) => texts.length)).toEqual([3, 3, 1]);
  });

  it('sends 200 documents of five chunks of 1,000 characters as one call', async () => {
    const inner = new CountingEmbeddingModel();
    const model = new SplittingEmbeddingModel(inner, OPENAI_CALL_LIMITS, new TokenCounter(CL100K_TOKENS));
    const sentence = 'The committee will publish its findings about the northern railway before winter. ';
    const texts = Array.from({ length: 1000 }, (_, index) =>
      `${index} ${sentence.repeat(13)}`.slice(0, 1000),
    );

    await model.embed({ texts });

    expect(inner.callCount).toBe(1);
  });

  it('passes dimensions on', async () => {
    const inner = new CountingEmbeddingModel();
    const model = new SplittingEmbeddingModel(inner, { maxInputs: 1, maxTokens: 10 }, WORDS);

    await model.embed({ texts: ['a', 'b'], dimensions: 2 });

    expect(inner.requests.map(({ dimensions }) => dimensions)).toEqual([2, 2]);
  });

  it('runs a few parts at a time', async () => {
    let running = 0;
    let most = 0;
    const inner = new CountingEmbeddingModel(async (request) => {
      running += 1;
      most = Math.max(most, running);
      const results = await embedAll(request);
      running -= 1;
      return results;
    });
    const model = new SplittingEmbeddingModel(inner, { maxInputs: 1, maxTokens: 10 }, WORDS);

    await model.embed({ texts: Array.from({ length: 20 }, (_, index) => `text ${index}`) });

    expect(most).toBe(4);
  });

  it('stops the other parts when one fails', async () => {
    const failure = new Error('broken');
    const inner = new CountingEmbeddingModel(async (request) => {
      if (request.texts[0] === 'bad') throw failure;
      return embedAll(request);
    });
    const model = new SplittingEmbeddingModel(inner, { maxInputs: 1, maxTokens: 10 }, WORDS);

    await expect(model.embed({ texts: ['a', 'bad', 'c', 'd', 'e', 'f', 'g', 'h'] })).rejects.toBe(failure);

    expect(inner.callCount).toBe(4);
    expect(inner.requests.every(({ signal }) => signal?.aborted)).toBe(true);
  });

  it('stops every part when its caller gives up', async () => {
    const controller = new AbortController();
    const reason = new Error('client left');
    const inner = new CountingEmbeddingModel((request) => {
      controller.abort(reason);
      return embedAll(request);
    });
    const model = new SplittingEmbeddingModel(inner, { maxInputs: 1, maxTokens: 10 }, WORDS);

    await expect(model.embed({ texts: ['a', 'b'], signal: controller.signal })).rejects.toBe(reason);
  });
});
