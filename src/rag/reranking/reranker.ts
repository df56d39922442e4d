import type { UsageDto } from '../../common/http/usage.dto.js';
import type { SearchHit } from '../../core/vector-store/vector-store.js';

export interface RerankRequest {
  readonly query: string;
  /** Best first, as the search found them. */
  readonly passages: readonly SearchHit[];
  readonly signal: AbortSignal;
}

export interface Reranked {
  /** Best first; `score` is how well each answers the query, 0..1. None is new, some may be missing. */
  readonly passages: readonly SearchHit[];
  readonly usage: UsageDto;
}

/** Puts what a search found into a better order, by reading it. */
export abstract class Reranker {
  /** @throws ProviderError, ProviderTimeoutError, RateLimitedError, UnavailableError */
  abstract rerank(request: RerankRequest): Promise<Reranked>;
}
