import type { Schemas } from '@qdrant/js-client-rest';
import { countTerms, MIN_CANDIDATES } from '../bm25.js';
import type { ChunkMetadata } from '../chunk-metadata.js';
import type { SearchRequest } from '../vector-store.js';
import { DENSE, SPARSE } from './chunk-points.js';
import { saturation, toSparse } from './sparse-vectors.js';
import type { CorpusStatistics } from './term-statistics.js';

/** A chunk that may be among the best, with what each side says of it. */
export interface Candidate {
  readonly point: string;
  readonly document: string;
  readonly version: string;
  readonly index: number;
  readonly place: ChunkMetadata;
  readonly score: number;
  readonly denseScore: number | null;
  readonly keywordScore: number | null;
}

/** What comes with a candidate. */
interface CandidatePayload {
  readonly document: string;
  readonly version: string;
  readonly index: number;
  readonly place: ChunkMetadata;
  readonly length?: number;
  readonly terms?: Readonly<Record<string, number>>;
}

const IDENTITY = ['document', 'version', 'index', 'place'];
/** How far the graph is looked through; the default of 128 loses more. */
const PARAMS = { hnsw_ef: 256, quantization: { rescore: true, oversampling: 2 } };

/** Weighs a query's terms as BM25 does, and makes the two sides' requests and one ranking of their answers. */
export class CandidateQuery {
  private readonly weights: ReadonlyMap<string, number>;
  private readonly totalWeight: number;

  constructor(
    private readonly request: SearchRequest,
    private readonly statistics: CorpusStatistics,
  ) {
    this.weights = request.mode === 'dense' ? new Map() : termWeights(request.query, statistics);
    this.totalWeight = [...this.weights.values()].reduce((total, weight) => total + weight, 0);
  }

  /** The sides that have something to ask, in one batch. */
  requests(filter: Schemas['Filter']): Schemas['QueryRequest'][] {
    return [...this.denseRequest(filter), ...this.keywordRequest(filter)];
  }

  /** One ranking of what the sides brought, best first. */
  rank(results: readonly Schemas['QueryResponse'][]): Candidate[] {
    const dense = this.request.mode === 'keyword' ? [] : (results[0]?.points ?? []);
    const keyword =
      this.request.mode === 'dense' ? [] : (results[this.request.mode === 'hybrid' ? 1 : 0]?.points ?? []);
    const merged = new Map<
      string,
      { payload: CandidatePayload; dense: number | null; keyword: number | null }
    >();
    for (const point of dense) {
      const score = Math.max(-1, Math.min(1, point.score));
      merged.set(String(point.id), { payload: payloadOf(point), dense: score, keyword: null });
    }
    for (const point of keyword) {
      const payload = payloadOf(point);
      const score = this.keywordScore(payload);
      // Another word may have the number of one of the query's.
      if (score === 0) continue;
      const known = merged.get(String(point.id));
      merged.set(String(point.id), { payload, dense: known?.dense ?? null, keyword: score });
    }
    return [...merged]
      .map(
        ([
          point,
          {
            payload: { document, version, index, place },
            dense: denseScore,
            keyword: keywordScore,
          },
        ]) => {
          const score = this.mix(denseScore, keywordScore);
          return { point, document, version, index, place, score, denseScore, keywordScore };
        },
      )
      .filter(({ score }) => score >= this.request.minScore)
      .sort(inOrder);
  }

  private denseRequest(filter: Schemas['Filter']): Schemas['QueryRequest'][] {
    const { mode, vector, limit } = this.request;
    if (mode === 'keyword') return [];
    if (vector === null) throw new Error(`A ${mode} search needs the query's vector.`);
    return [
      {
        query: [...vector],
        using: DENSE,
        filter,
        limit: mode === 'dense' ? limit : Math.max(MIN_CANDIDATES, limit),
        params: PARAMS,
        with_payload: IDENTITY,
      },
    ];
  }

  private keywordRequest(filter: Schemas['Filter']): Schemas['QueryRequest'][] {
    const terms = [...this.weights].filter(([term]) => this.statistics.chunksWith(term) > 0);
    if (this.request.mode === 'dense') return [];
    return [
      {
        query: toSparse(terms),
        using: SPARSE,
        filter,
        // More than are shown, because the stored weights are of the average length when they were written.
        limit: Math.max(MIN_CANDIDATES, this.request.limit),
        with_payload: [...IDENTITY, 'length', ...terms.map(([term]) => `terms."${term}"`)],
      },
    ];
  }

  /** BM25 as the share of the query's weight, by the statistics of now. */
  private keywordScore({ terms = {}, length = 0 }: CandidatePayload): number {
    if (this.totalWeight === 0) return 0;
    let sum = 0;
    for (const [term, frequency] of Object.entries(terms)) {
      sum += (this.weights.get(term) ?? 0) * saturation(frequency, length, this.statistics.averageLength);
    }
    return Math.min(1, sum / this.totalWeight);
  }

  private mix(dense: number | null, keyword: number | null): number {
    const { mode, denseWeight } = this.request;
    if (mode === 'keyword') return keyword ?? 0;
    const denseShare = Math.max(0, dense ?? 0);
    return mode === 'dense' ? denseShare : denseWeight * denseShare + (1 - denseWeight) * (keyword ?? 0);
  }
}

function termWeights(query: string, { chunks, chunksWith }: CorpusStatistics): Map<string, number> {
  const weights = new Map<string, number>();
  for (const [term, count] of countTerms(query)) {
    const holding = chunksWith(term);
    weights.set(term, count * Math.log(1 + (chunks - holding + 0.5) / (holding + 0.5)));
  }
  return weights;
}

function payloadOf(point: Schemas['ScoredPoint']): CandidatePayload {
  return point.payload as unknown as CandidatePayload;
}

function inOrder(a: Candidate, b: Candidate): number {
  if (a.score !== b.score) return b.score - a.score;
  // Cosines of the same score are compared where they count as nothing, too.
  const dense = (b.denseScore ?? 0) - (a.denseScore ?? 0);
  if (dense !== 0) return dense;
  if (a.document !== b.document) return a.document < b.document ? -1 : 1;
  return a.index - b.index;
}
