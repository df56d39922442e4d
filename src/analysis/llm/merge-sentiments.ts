import type { Sentiment } from '../text-analyzer.js';
import { weightedMean } from './weighted-mean.js';

export interface Judgement {
  readonly sentiment: Sentiment;
  readonly score: number;
}

interface Weighted extends Judgement {
  /** Above 0; how much of the text it is about. */
  readonly weight: number;
}

interface Aspect extends Judgement {
  readonly aspect: string;
}

/** Share of a text that has to be the other way for the whole to be mixed. */
const MIXED_SHARE = 0.25;
const MAX_ASPECTS = 10;

/** One judgement from those of the parts of a text, each counting as much as its part is long. */
export function mergeJudgements(parts: readonly (Weighted & { readonly confidence: number })[]) {
  const confidence = weightedMean(parts.map(({ confidence: value, weight }) => ({ value, weight })));
  return { ...merge(parts), confidence };
}

/** Aspects that parts name alike become one. Those of which most is said come first. */
export function mergeAspects(
  parts: readonly { readonly aspects: readonly Aspect[]; readonly weight: number }[],
): Aspect[] {
  const byName = new Map<string, (Aspect & { weight: number })[]>();
  for (const { aspects, weight } of parts) {
    for (const aspect of aspects) {
      const key = aspect.aspect.trim().toLowerCase();
      byName.set(key, [...(byName.get(key) ?? []), { ...aspect, weight }]);
    }
  }
  return [...byName.values()]
    .sort((a, b) => b.length - a.length)
    .slice(0, MAX_ASPECTS)
    .map((same) => ({ aspect: same[0]?.aspect.trim() ?? '', ...merge(same) }));
}

function merge(parts: readonly Weighted[]): Judgement {
  const score = weightedMean(parts.map(({ score: value, weight }) => ({ value, weight })));
  return { sentiment: mergedSentiment(parts, score), score };
}

function mergedSentiment(parts: readonly Weighted[], score: number): Sentiment {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const share = (sentiment: Sentiment): number =>
    parts.reduce((sum, part) => sum + (part.sentiment === sentiment ? part.weight : 0), 0) / total;
  const shares = (['positive', 'negative', 'neutral', 'mixed'] as const)
    .map((sentiment) => ({ sentiment, share: share(sentiment) }))
    .sort((a, b) => b.share - a.share);
  const isTorn = share('positive') >= MIXED_SHARE && share('negative') >= MIXED_SHARE;
  const most = shares[0]?.sentiment ?? 'neutral';
  const contradicts = (most === 'positive' && score <= 0) || (most === 'negative' && score >= 0);
  return isTorn || contradicts ? 'mixed' : most;
}
