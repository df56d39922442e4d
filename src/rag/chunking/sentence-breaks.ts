import { BREAK, type BreakStrength } from './break-strength.js';

/** As much of a word's end as matters: its last punctuation and what may close after it. */
const TAIL_LENGTH = 8;

const SENTENCE_END = /[.!?…‽。！？｡؟۔।॥։።။។]["'”’»)\]}」』】）》〉*_`]*$/u;
const CLAUSE_END = /[,;:،؛，、；：—–]["'”’»)\]}」』】）》〉*_`]*$/u;
const FULL_STOP_END = /\.["'”’»)\]}*_`]*$/;
const INITIAL = /^\(?\p{Lu}\.$/u;
const ABBREVIATION = /^\(?(?:\p{L}\.){2,}$/u;
const TITLE = /^\(?(?:Mr|Mrs|Ms|Dr|Prof|St|vs|cf|Fig|No|Vol|pp?)\.$/;
const LOWER_CASE = /^\p{Ll}/u;

/** Punctuation after which no white space is written. */
const UNSPACED_PUNCTUATION = /[。！？｡，、；：]/;
const UNSPACED_END = /(?:([。！？｡]+)|[，、；：]+)[」』】）》〉”’]*/g;

/** Whether a word ends a sentence, as far as can be told without what follows. Lone punctuation ends none. */
export function endsSentence(word: string): boolean {
  return word.length > 1 && SENTENCE_END.test(word.slice(-TAIL_LENGTH));
}

/** How good a place for cutting the white space between two words of one line is. */
export function breakBetweenWords(word: string, next: string): BreakStrength {
  const tail = word.slice(-TAIL_LENGTH);
  if (endsSentence(word)) {
    if (!FULL_STOP_END.test(tail)) return BREAK.sentence;
    if (INITIAL.test(word) || TITLE.test(word)) return BREAK.word;
    return LOWER_CASE.test(next) || ABBREVIATION.test(word) ? BREAK.clause : BREAK.sentence;
  }
  return CLAUSE_END.test(tail) ? BREAK.clause : BREAK.word;
}

/** A place for cutting within a word: the offset from its start. */
export interface InnerBreak {
  readonly offset: number;
  readonly strength: BreakStrength;
}

/** The ends of sentences and clauses in scripts that put no white space after them. */
export function* breaksWithin(word: string): Generator<InnerBreak> {
  if (!UNSPACED_PUNCTUATION.test(word)) return;
  for (const match of word.matchAll(UNSPACED_END)) {
    const offset = match.index + match[0].length;
    if (offset < word.length)
      yield { offset, strength: match[1] === undefined ? BREAK.clause : BREAK.sentence };
  }
}
