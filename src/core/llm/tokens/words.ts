import type { TokenUnit } from './token-unit.js';

const LONGEST_WORD = 64;
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('');
const WORDS = new RegExp(String.raw`[${UNSPACED}]|[^\s${UNSPACED}]{1,${LONGEST_WORD}}`, 'gu');

/**
 * Words as a word processor counts them: what stands between blanks, and each character of scripts that put no
 * blanks between words. More than 64 characters in a row count as several.
 */
export const WORD_UNIT: TokenUnit = {
  upperBound: (text) => text.length,
  load: () => Promise.resolve(countWords),
};

export function countWords(text: string): number {
  return text.match(WORDS)?.length ?? 0;
}
