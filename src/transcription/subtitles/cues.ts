import type { TimedText } from '../../core/llm/transcription-model.js';

/** Two lines of the usual length. */
const MAX_CUE_LENGTH = 84;
const MAX_CUE_SECONDS = 7;

/**
 * Segments as subtitles that can be read: long ones are shared out among several, in proportion to their text, because
 * nothing else is known about when within a segment something was said.
 */
export function toCues(segments: readonly TimedText[]): TimedText[] {
  return segments.flatMap((segment) => {
    const seconds = segment.end - segment.start;
    const words = segment.text.split(/\s+/u).filter((word) => word !== '');
    const count = Math.max(
      Math.ceil(segment.text.length / MAX_CUE_LENGTH),
      Math.min(Math.ceil(seconds / MAX_CUE_SECONDS), words.length),
    );
    return count <= 1 ? [segment] : shareOut(segment, words, segment.text.length / count);
  });
}

function shareOut({ start, end }: TimedText, words: readonly string[], targetLength: number): TimedText[] {
  const texts: string[] = [];
  let current = '';
  for (const word of words) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && longer.length > targetLength + word.length / 2) {
      texts.push(current);
      current = word;
    } else current = longer;
  }
  texts.push(current);
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  let at = start;
  return texts.map((text) => {
    const from = at;
    at += ((end - start) * text.length) / total;
    return { start: from, end: Math.min(at, end), text };
  });
}
