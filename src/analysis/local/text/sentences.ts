import { paragraphPieces } from './paragraphs.js';

/** Longest sentence in UTF-16 units; what has no full stop for longer is cut between words. */
export const LONGEST_SENTENCE = 1_000;

/** After these a full stop ends no sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|vs|cf|fig|figs|eq|vol|approx|resp|al|e\.g|i\.e|\p{L})\.\s*$/iu;

/** Most items of lists and headings are one sentence, and looking for more takes its time. */
const HAS_INNER_END = /\p{Sentence_Terminal}./su;

/**
 * The sentences of a text by Unicode's rules, in any language, in reading order; line breaks within one are blanks.
 * Linear in the length of the text, and never more than a few thousand characters between two of them.
 */
export function* sentencesOf(text: string): Generator<string> {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  for (const piece of paragraphPieces(text)) {
    if (!HAS_INNER_END.test(piece)) {
      yield* cut(piece);
      continue;
    }
    let pending = '';
    for (const { segment } of segmenter.segment(piece)) {
      pending += segment;
      if (pending.length < LONGEST_SENTENCE && ABBREVIATION.test(segment.slice(-12))) continue;
      yield* cut(pending.trim());
      pending = '';
    }
    yield* cut(pending.trim());
  }
}

function* cut(sentence: string): Generator<string> {
  let rest = sentence;
  while (rest.length > LONGEST_SENTENCE) {
    const longest = wellFormedStart(rest.slice(0, LONGEST_SENTENCE));
    const blank = longest.lastIndexOf(' ');
    const end = blank > LONGEST_SENTENCE / 2 ? blank : longest.length;
    yield rest.slice(0, end).trim();
    rest = rest.slice(end).trim();
  }
  if (rest !== '') yield rest;
}

/** A start that doesn't end in half of a surrogate pair. */
function wellFormedStart(start: string): string {
  return /[\ud800-\udbff]$/u.test(start) ? start.slice(0, -1) : start;
}
