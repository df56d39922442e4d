import type { Semaphore } from '../../../common/async/semaphore.js';
import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from '../embedding-model.js';

/** Calls the inner model only while its provider has room for another call. */
export class LimitedEmbeddingModel extends EmbeddingModel {
  constructor(
    private readonly inner: EmbeddingModel,
    private readonly limit: Semaphore,
  ) {
    super();
  }

  get descriptor(): EmbeddingModelDescriptor {
    return this.inner.descriptor;
  }

  embed(request: EmbeddingRequest): Promise<EmbeddedText[]> {
    return this.limit.run(() => this.inner.embed(request), request.signal);
  }
}
