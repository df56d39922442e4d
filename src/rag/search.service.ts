import { Injectable } from '@nestjs/common';
import { NotFoundError } from '../common/errors/not-found.error.js';
import { ValidationError } from '../common/errors/validation.error.js';
import type { UsageDto } from '../common/http/usage.dto.js';
import type { Filter } from '../core/vector-store/filter/filter.js';
import { FilterSyntaxError } from '../core/vector-store/filter/filter-syntax.error.js';
import { parseFilter } from '../core/vector-store/filter/parse-filter.js';
import {
  type Collection,
  type SearchHit,
  type SearchRequest,
  VectorStore,
} from '../core/vector-store/vector-store.js';
import { TextEmbedder } from '../embeddings/text-embedder.js';
import { onCurrentGeneration } from './current-generation.js';
import { denseWeight } from './dense-weight.js';
import type { RetrievalDto, SearchDto } from './dto/search-request.dto.js';
import type { SearchResponseDto, SearchResultDto } from './dto/search-response.dto.js';
import { Rerankers } from './reranking/rerankers.js';
import { addUsage, NO_USAGE } from './usage.js';

export interface Retrieved {
  readonly hits: readonly SearchHit[];
  readonly usage: UsageDto;
}

type SearchScope = Pick<SearchRequest, 'filter' | 'limit' | 'minScore'>;

/** Finds passages. */
@Injectable()
export class SearchService {
  constructor(
    private readonly store: VectorStore,
    private readonly embedder: TextEmbedder,
    private readonly rerankers: Rerankers,
  ) {}

  async search(request: SearchDto, signal: AbortSignal): Promise<SearchResponseDto> {
    const sourceTypes = request.source_types;
    const { hits, usage } = await this.retrieve(request, request.limit, signal, sourceTypes);
    return {
      results: hits.map(toResult),
      query: request.query,
      collection: request.collection,
      mode: request.mode,
      count: hits.length,
      usage,
    };
  }

  /** The best passages for a query. @throws NotFoundError when there is no such collection */
  async retrieve(
    request: RetrievalDto,
    limit: number,
    signal: AbortSignal,
    sourceTypes?: readonly string[],
  ): Promise<Retrieved> {
    const filter = combineFilters(request.filter, sourceTypes);
    const collection = await this.store.findCollectionToSearch(request.collection);
    if (collection === null) throw new NotFoundError(`Collection "${request.collection}" does not exist.`);
    const reranker = this.rerankers.find(request.rerank ?? null);
    const find = (scope: SearchScope) =>
      onCurrentGeneration(this.store, collection, (current) => this.find(current, request, scope, signal));
    if (reranker === null) return find({ filter, limit, minScore: request.min_score });
    const candidates = Math.max(limit, this.rerankers.candidates);
    const { hits, usage } = await find({ filter, limit: candidates, minScore: 0 });
    const reranked = await reranker.rerank({ query: request.query, passages: hits, signal });
    return {
      hits: reranked.passages.filter(({ score }) => score >= request.min_score).slice(0, limit),
      usage: addUsage(usage, reranked.usage),
    };
  }

  private async find(
    collection: Collection,
    request: RetrievalDto,
    scope: SearchScope,
    signal: AbortSignal,
  ): Promise<Retrieved> {
    const { vector, usage, denseWeight } = await this.embedQuery(collection, request, signal);
    const { mode, query } = request;
    const hits = await this.store.search(collection, {
      mode,
      query,
      vector,
      denseWeight,
      ...scope,
      signal,
    });
    return { hits, usage };
  }

  private async embedQuery(collection: Collection, request: RetrievalDto, signal: AbortSignal) {
    if (request.mode === 'keyword') return { vector: null, usage: NO_USAGE, denseWeight: 0 };
    const model = this.embedder.storedModel(collection.embeddingModel);
    const { vectors, usage } = await this.embedder.embed({
      model,
      texts: [request.query],
      dimensions: collection.dimensions,
      signal,
      fieldOf: () => ['query'],
    });
    return { vector: vectors[0] ?? null, usage, denseWeight: denseWeight(model.descriptor) };
  }
}

/** A hit as clients see it; scores that the search did not compute are left out. */
export function toResult(hit: SearchHit): SearchResultDto {
  return {
    document_id: hit.documentId,
    chunk_id: chunkId(hit.documentId, hit.chunkIndex),
    chunk_index: hit.chunkIndex,
    text: hit.text,
    score: hit.score,
    ...(hit.denseScore !== null && { dense_score: hit.denseScore }),
    ...(hit.keywordScore !== null && { keyword_score: hit.keywordScore }),
    title: hit.title,
    source: hit.source,
    source_type: hit.sourceType,
    metadata: { ...hit.metadata },
  };
}

export function chunkId(documentId: string, chunkIndex: number): string {
  return `${documentId}#${chunkIndex}`;
}

function combineFilters(filter: unknown, sourceTypes: readonly string[] | undefined): Filter {
  const filters: Filter[] = [];
  if (filter !== undefined) filters.push(readFilter(filter));
  if (sourceTypes !== undefined) {
    filters.push({ kind: 'in', field: { root: 'source_type' }, values: sourceTypes });
  }
  const [only] = filters;
  return filters.length === 1 && only !== undefined ? only : { kind: 'and', filters };
}

function readFilter(filter: unknown): Filter {
  try {
    return parseFilter(filter);
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    throw ValidationError.at(
      ['filter', ...error.path],
      `is not a valid filter: ${error.message}`,
      'filter_syntax',
    );
  }
}
