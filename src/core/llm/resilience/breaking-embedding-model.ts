import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from '../embedding-model.js';
import type { CircuitBreaker } from './circuit-breaker.js';

/** Leaves a provider alone while its circuit breaker is open. */
export class BreakingEmbeddingModel extends EmbeddingModel {
  constructor(
    private readonly inner: EmbeddingModel,
    private readonly breaker: CircuitBreaker,
  ) {
    super();
  }

  get descriptor(): EmbeddingModelDescriptor {
    return this.inner.descriptor;
  }

  embed(request: EmbeddingRequest): Promise<EmbeddedText[]> {
    return this.breaker.run(() => this.inner.embed(request));
  }
}
