import { TimeSlice } from '../../../../common/async/time-slice.js';
import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from '../../embedding-model.js';
import { countWords } from '../../tokens/words.js';
import { DEFAULT_LEXICAL_DIMENSIONS, lexicalVector } from './lexical-vector.js';

/** The model inside the service: it compares texts by their wording. Its tokens are words, and cost nothing. */
export class LexicalEmbeddingModel extends EmbeddingModel {
  constructor(readonly descriptor: EmbeddingModelDescriptor) {
    super();
  }

  async embed({ texts, dimensions, signal }: EmbeddingRequest): Promise<EmbeddedText[]> {
    const length = dimensions ?? this.descriptor.dimensions ?? DEFAULT_LEXICAL_DIMENSIONS;
    const slice = new TimeSlice();
    const embedded: EmbeddedText[] = [];
    for (const text of texts) {
      signal?.throwIfAborted();
      const vector = lexicalVector(text, length);
      embedded.push({ vector, promptTokens: countWords(text), cached: false });
      await slice.breathe();
    }
    return embedded;
  }
}
