import { mapConcurrently } from '../../common/async/map-concurrently.js';
import type { EmbeddingCallLimits } from './embedding-catalog.js';
import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from './embedding-model.js';
import type { TokenCounter } from './tokens/token-counter.js';

const CONCURRENT_PARTS = 4;

/** Splits a call that is over the provider's limits into as few as it takes, some of which run at the same time. */
export class SplittingEmbeddingModel extends EmbeddingModel {
  constructor(
    private readonly inner: EmbeddingModel,
    private readonly limits: EmbeddingCallLimits,
    private readonly counter: TokenCounter,
  ) {
    super();
  }

  get descriptor(): EmbeddingModelDescriptor {
    return this.inner.descriptor;
  }

  async embed(request: EmbeddingRequest): Promise<EmbeddedText[]> {
    if (this.surelyFits(request.texts)) return this.inner.embed(request);
    const tokens = await this.counter.countMany(request.texts, request.signal);
    const parts = split(request.texts, tokens, this.limits);
    const results = await mapConcurrently(
      parts,
      { limit: CONCURRENT_PARTS, signal: request.signal },
      (texts, signal) => this.inner.embed({ ...request, texts, signal }),
    );
    return results.flat();
  }

  private surelyFits(texts: readonly string[]): boolean {
    const { maxInputs, maxTokens } = this.limits;
    if (texts.length > maxInputs) return false;
    return texts.reduce((sum, text) => sum + this.counter.upperBound(text), 0) <= maxTokens;
  }
}

/** Consecutive texts, as many in each part as the limits allow, but at least one. */
function split(
  texts: readonly string[],
  tokens: readonly number[],
  { maxInputs, maxTokens }: EmbeddingCallLimits,
): string[][] {
  const parts: string[][] = [];
  let part: string[] = [];
  let partTokens = 0;
  for (const [index, text] of texts.entries()) {
    const count = tokens[index] ?? 0;
    if (part.length > 0 && (part.length === maxInputs || partTokens + count > maxTokens)) {
      parts.push(part);
      part = [];
      partTokens = 0;
    }
    part.push(text);
    partTokens += count;
  }
  parts.push(part);
  return parts;
}
