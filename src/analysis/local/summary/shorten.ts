import { countWords } from '../../../core/llm/tokens/words.js';

const WORD_WITH_GAP = /\S+\s*/gu;
const ENDS_CLAUSE = /[,;:.!?—–)]$/u;

/**
 * The start of a sentence, up to the end of a clause in its second half, else of a word.
 * @param maxLength words as `countWords` counts them, at least 1
 */
export function shorten(sentence: string, maxLength: number): string {
  if (countWords(sentence) <= maxLength) return sentence;
  const words = wordsThatFit(sentence, maxLength);
  const clauseEnd = words.findLastIndex((word) => ENDS_CLAUSE.test(word.trim()));
  const kept = clauseEnd + 1 > words.length / 2 ? words.slice(0, clauseEnd + 1) : words;
  const start = kept
    .join('')
    .trim()
    .replace(/[,;:—–]$/u, '');
  const marked = `${start}…`;
  // Where no blanks stand between words, the mark is one more.
  return countWords(marked) <= maxLength ? marked : start;
}

/** What stands between blanks, and of a longer run in a script without blanks as much as fits. */
function wordsThatFit(sentence: string, maxLength: number): string[] {
  const kept: string[] = [];
  let left = maxLength;
  for (const word of sentence.match(WORD_WITH_GAP) ?? []) {
    const count = countWords(word);
    if (count > left) {
      if (kept.length === 0) kept.push(charactersThatFit(word, left));
      break;
    }
    kept.push(word);
    left -= count;
  }
  return kept;
}

function charactersThatFit(word: string, maxLength: number): string {
  let fitting = '';
  for (const character of word) {
    if (countWords(fitting + character) > maxLength) break;
    fitting += character;
  }
  return fitting;
}
