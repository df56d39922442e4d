import { stemmer } from 'stemmer';
import { fold } from '../../../common/text/analyzer.js';

/** A word as it is compared: stem, lower case, no accents. */
export interface Word {
  readonly text: string;
  readonly stem: string;
}

const WORD = /[\p{L}\p{N}]+/gu;
const ASCII = /^[a-z0-9]+$/;
const LONGEST_WORD = 40;

/** Whole words in their order; `multi-tenant` is two. Linear in the length of the text. */
export function wordsOf(text: string): Word[] {
  return (fold(text).match(WORD) ?? []).map((word) => {
    const cut = word.slice(0, LONGEST_WORD);
    return { text: cut, stem: ASCII.test(cut) ? stemmer(cut) : cut };
  });
}
