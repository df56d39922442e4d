import { analyze } from '../../../common/text/analyzer.js';
import { FUNCTION_WORDS } from './function-words.js';

export interface ContentWord {
  /** In lower case, as dictionaries list it. */
  readonly text: string;
  readonly stem: string;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const LONGEST_WORD = 64;
const NOT = /n['’]t(?![\p{L}\p{N}])/gu;
const CAMEL_CASE = /(?<=\p{Ll})(?=\p{Lu})/gu;

/** The words of a text without those that carry grammar alone but for `not`; repeated ones included. */
export function readContentWords(text: string): ContentWord[] {
  return (text.toLowerCase().replace(NOT, 'n not').match(WORD) ?? []).flatMap((word) => {
    if (FUNCTION_WORDS.has(word) || word.length > LONGEST_WORD) return [];
    if (word === 'not') return [{ text: word, stem: word }];
    // Scripts without blanks between words give pairs of characters.
    return analyze(word).map((stem) => ({ text: word, stem }));
  });
}

/** The words of a category's name: `cardArrival`, `card_arrival` and `Card arrival` have the same. */
export function readNameWords(name: string): ContentWord[] {
  const spaced = name.replace(CAMEL_CASE, ' ');
  const words = readContentWords(spaced);
  if (words.length > 0) return words;
  return (spaced.toLowerCase().match(WORD) ?? []).map((text) => ({ text, stem: text }));
}
