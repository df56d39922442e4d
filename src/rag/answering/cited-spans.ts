import type { CitationDto } from '../dto/search-response.dto.js';
import type { CitationMark } from './citation-filter.js';

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What each citation of an answer supports: the sentence that it stands in or right behind, from the citation before
 * on where the sentence has several. Marks in a row support the same.
 */
export function citedSpans(answer: string, marks: readonly CitationMark[]): CitationDto[] {
  const citations = new Map<string, CitationDto>();
  let previousEnd = 0;
  let span: Span = { start: 0, end: 0 };
  for (const { sources, start, end } of marks) {
    span = statementIn(answer, previousEnd, start) ?? span;
    for (const source of sources) {
      citations.set(`${source} ${span.start}`, { source, start: span.start, end: span.end });
    }
    previousEnd = end;
  }
  return [...citations.values()].filter((citation) => citation.end > citation.start);
}

/** The last sentence between two places, without what ends the one before or makes it an item; null for none. */
function statementIn(answer: string, from: number, to: number): Span | null {
  const line = answer.lastIndexOf('\n', trimEnd(answer, from, to) - 1);
  const lineStart = Math.max(from, line + 1);
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });
  let statement: Span | null = null;
  for (const { segment, index } of segmenter.segment(answer.slice(lineStart, to))) {
    if (!/[\p{L}\p{N}]/u.test(segment)) continue;
    const lead = /^[\s.,;:!?)]*(?:[-*•]\s+)?/u.exec(segment)?.[0].length ?? 0;
    statement = {
      start: lineStart + index + lead,
      end: lineStart + index + segment.trimEnd().length,
    };
  }
  return statement;
}

function trimEnd(answer: string, from: number, to: number): number {
  return from + answer.slice(from, to).trimEnd().length;
}
