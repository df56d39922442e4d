import { analyze } from '../../common/text/analyzer.js';

interface KeywordList {
  /** Best first. */
  readonly keywords: readonly string[];
  /** Above 0; how much of the text it is about. */
  readonly weight: number;
}

/** Damps how much a first place counts over a second, as in reciprocal rank fusion. */
const RANK_OFFSET = 5;

/** What keywords have in common that are forms of one. */
export function keywordKey(keyword: string): string {
  const stems = analyze(keyword);
  return stems.length > 0 ? stems.join(' ') : keyword.trim().toLowerCase();
}

/** One list from those of the parts of a text: what comes early, in long parts, in many of them. */
export function mergeKeywords(lists: readonly KeywordList[], maxKeywords: number): string[] {
  const candidates = new Map<string, { keyword: string; score: number }>();
  for (const { keywords, weight } of lists) {
    for (const [rank, keyword] of keywords.entries()) {
      const candidate = candidates.get(keywordKey(keyword)) ?? { keyword: keyword.trim(), score: 0 };
      candidate.score += weight / (RANK_OFFSET + rank);
      candidates.set(keywordKey(keyword), candidate);
    }
  }
  return [...candidates.values()]
    .sort((a, b) => b.score - a.score)
    .slice(0, maxKeywords)
    .map(({ keyword }) => keyword);
}
