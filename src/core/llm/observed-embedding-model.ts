import type { ChatUsage } from './chat-model.js';
import { costOf } from './embedding-cost.js';
import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from './embedding-model.js';
import type { ProviderCalls } from './provider-calls.js';

/** One call may be for several requests, so that it is for nobody in particular. */
const CAPABILITY = 'embeddings';

/** Notes how each call to the provider ended, and what it used. */
export class ObservedEmbeddingModel extends EmbeddingModel {
  constructor(
    private readonly inner: EmbeddingModel,
    private readonly calls: ProviderCalls,
  ) {
    super();
  }

  get descriptor(): EmbeddingModelDescriptor {
    return this.inner.descriptor;
  }

  embed(request: EmbeddingRequest): Promise<EmbeddedText[]> {
    const { provider, id } = this.descriptor;
    return this.calls.run(
      { operation: 'embeddings', capability: CAPABILITY, provider, model: id },
      () => this.inner.embed(request),
      (texts) => this.usageOf(texts),
    );
  }

  private usageOf(texts: readonly EmbeddedText[]): ChatUsage {
    const promptTokens = texts.reduce((sum, text) => sum + text.promptTokens, 0);
    return { promptTokens, completionTokens: 0, costUsd: costOf(this.descriptor, promptTokens) };
  }
}
