import { withoutAddresses } from '../text/addresses.js';

/** A word of a sentence as it is written. */
export interface Word {
  readonly text: string;
  /** What stands between it and the word before it: a blank or a hyphen in a phrase, anything else ends one. */
  readonly gap: string;
}

/** Words longer than this are no words. */
const LONGEST_WORD = 40;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}\p{N}]+)*/gu;

/** @param sentence at most some thousand characters */
export function readWords(sentence: string): Word[] {
  const words: Word[] = [];
  const text = withoutAddresses(sentence);
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (word.length > LONGEST_WORD) continue;
    words.push({ text: word, gap: text.slice(end, index) });
    end = index + word.length;
  }
  return words;
}

/** Whether a word goes on with the phrase of the word before it. */
export function continuesPhrase(word: Word | undefined): boolean {
  return word?.gap === ' ' || word?.gap === '-';
}
