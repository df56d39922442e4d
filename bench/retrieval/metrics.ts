export interface RetrievalMetrics {
  readonly ndcgAt10: number;
  readonly recallAt100: number;
  /** Average precision over the whole ranking. */
  readonly averagePrecision: number;
}

/** Measures of one ranking of document ids, best first, with binary relevance. */
export function measureRanking(ranking: readonly string[], relevant: ReadonlySet<string>): RetrievalMetrics {
  const isRelevant = ranking.map((id) => relevant.has(id));
  return {
    ndcgAt10: discountedGain(isRelevant) / discountedGain(Array<boolean>(relevant.size).fill(true)),
    recallAt100: isRelevant.slice(0, 100).filter(Boolean).length / relevant.size,
    averagePrecision: averagePrecision(isRelevant, relevant.size),
  };
}

/** Plain mean over queries. */
export function meanMetrics(all: readonly RetrievalMetrics[]): RetrievalMetrics {
  const mean = (value: (metrics: RetrievalMetrics) => number) =>
    all.reduce((total, metrics) => total + value(metrics), 0) / all.length;
  return {
    ndcgAt10: mean((metrics) => metrics.ndcgAt10),
    recallAt100: mean((metrics) => metrics.recallAt100),
    averagePrecision: mean((metrics) => metrics.averagePrecision),
  };
}

function discountedGain(isRelevant: readonly boolean[]): number {
  return isRelevant
    .slice(0, 10)
    .reduce((gain, relevant, index) => gain + (relevant ? 1 / Math.log2(index + 2) : 0), 0);
}

function averagePrecision(isRelevant: readonly boolean[], relevantCount: number): number {
  let found = 0;
  let sum = 0;
  isRelevant.forEach((relevant, index) => {
    if (!relevant) return;
    found += 1;
    sum += found / (index + 1);
  });
  return sum / relevantCount;
}
