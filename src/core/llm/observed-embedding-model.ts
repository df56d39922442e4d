import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from './embedding-model.js';
import type { ProviderStates } from './provider-states.js';

/** Notes how each call to the provider ended. */
export class ObservedEmbeddingModel extends EmbeddingModel {
  constructor(
    private readonly inner: EmbeddingModel,
    private readonly states: ProviderStates,
  ) {
    super();
  }

  get descriptor(): EmbeddingModelDescriptor {
    return this.inner.descriptor;
  }

  async embed(request: EmbeddingRequest): Promise<EmbeddedText[]> {
    const { provider } = this.descriptor;
    try {
      const result = await this.inner.embed(request);
      this.states.noteSuccess(provider);
      return result;
    } catch (error) {
      this.states.noteFailure(provider, error);
      throw error;
    }
  }
}
