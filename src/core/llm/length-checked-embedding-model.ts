import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from './embedding-model.js';
import { InputTooLongError } from './input-too-long.error.js';
import type { TokenCounter } from './tokens/token-counter.js';

/** Refuses a request with a text that is too long for the model, before anything is looked up or paid for. */
export class LengthCheckedEmbeddingModel extends EmbeddingModel {
  constructor(
    private readonly inner: EmbeddingModel,
    private readonly counter: TokenCounter,
  ) {
    super();
  }

  get descriptor(): EmbeddingModelDescriptor {
    return this.inner.descriptor;
  }

  async embed(request: EmbeddingRequest): Promise<EmbeddedText[]> {
    const { id, maxInputTokens } = this.descriptor;
    for (const [index, text] of request.texts.entries()) {
      if (await this.counter.isOverLimit(text, maxInputTokens, request.signal)) {
        throw new InputTooLongError(index, id, maxInputTokens);
      }
    }
    return this.inner.embed(request);
  }
}
