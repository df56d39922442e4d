import { stemmer } from 'stemmer';

/** Longest token, in UTF-16 code units; what is longer is cut. */
export const MAXIMUM_TOKEN_LENGTH = 64;

/** The English stop words of Apache Lucene's classic `EnglishAnalyzer`. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be but by for if in into is it no not of on or such ' +
    'that the their then there these they this to was will with'
  ).split(' '),
);

// Unicode normalisation sorts each run of marks in quadratic time: 100,000 alternating marks take seconds.
// The limit is that of the Stream-Safe Text Format (UAX #15); the two half-width signs turn into marks.
const EXCESS_MARKS = /([\p{M}\uff9e\uff9f]{30})[\p{M}\uff9e\uff9f]+/gu;

// Accents, Hebrew points, Arabic vowel signs. Marks of other scripts (Devanagari, Thai, …) spell the word and stay,
// as do the two that turn one kana into another.
const DIACRITICS = /(?=\p{M})(?![\u3099\u309a])[\p{sc=Zinh}\p{sc=Hebr}]/gu;

const NOT_ASCII = /[^\0-\x7f]/;
const POSSESSIVE = /['’]s(?![\p{L}\p{N}_])/gu;
const ASCII_WORD = /[a-z0-9]+/g;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

// Korean does put blanks between words, but glues particles to them, which bigrams also overcome.
const UNSPACED =
  '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Hang}\\p{scx=Yiii}' +
  '\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Lana}\\p{scx=Talu}\\p{scx=Tavt}\\p{scx=Java}\\p{scx=Bali}';
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u');
// A mark belongs to the letter before it, of whatever script that is.
const SCRIPT_RUN = new RegExp(`[${UNSPACED}][${UNSPACED}\\p{M}]*|[^${UNSPACED}]+`, 'gu');
const CHARACTER = /[\p{L}\p{N}]\p{M}*/gu;
const SPLIT_SURROGATE = /[\ud800-\udbff]$/;

/**
 * Cuts a text into index terms: compatibility forms folded (NFKD), accents, case and possessive `'s` dropped,
 * runs of letters and digits of any script, without English stop words, English words reduced to their stem
 * (Porter 1980). Scripts written without blanks give overlapping pairs of characters instead of words.
 *
 * Linear in the length of the text; every term has 1 to `MAXIMUM_TOKEN_LENGTH` code units.
 *
 * @param stems of words that were met, to be shared by texts that are analyzed together
 * @returns the terms in the order of the text, repeated ones included
 */
export function analyze(text: string, stems = new Map<string, string>()): string[] {
  const folded = fold(text);
  const terms: string[] = [];
  if (NOT_ASCII.test(folded)) {
    for (const word of folded.match(WORD) ?? []) {
      addMixedScript(terms, word, stems);
    }
  } else {
    for (const word of folded.match(ASCII_WORD) ?? []) {
      addWord(terms, word, stems);
    }
  }
  return terms;
}

/** Lower case, compatibility forms folded, without accents and possessive `'s`. Linear in the length of the text. */
export function fold(text: string): string {
  const letters = NOT_ASCII.test(text) ? withoutDiacritics(text) : text;
  return letters.toLowerCase().replace(POSSESSIVE, '');
}

function withoutDiacritics(text: string): string {
  const decomposed = text.replace(EXCESS_MARKS, '$1').normalize('NFKD').replace(DIACRITICS, '');
  // Composed again, else a Korean syllable would stay three letters.
  return decomposed.normalize('NFC');
}

function addWord(terms: string[], word: string, stems: Map<string, string>): void {
  if (STOP_WORDS.has(word)) {
    return;
  }
  const token = cut(word);
  let stem = stems.get(token);
  if (stem === undefined) {
    stem = NOT_ASCII.test(token) ? token : stemmer(token);
    stems.set(token, stem);
  }
  terms.push(stem);
}

function addMixedScript(terms: string[], word: string, stems: Map<string, string>): void {
  if (!HAS_UNSPACED.test(word)) {
    addWord(terms, word, stems);
    return;
  }
  for (const run of word.match(SCRIPT_RUN) ?? []) {
    if (HAS_UNSPACED.test(run)) {
      addPairs(terms, run.match(CHARACTER) ?? []);
    } else {
      addWord(terms, run, stems);
    }
  }
}

function addPairs(terms: string[], characters: readonly string[]): void {
  let previous = '';
  for (const character of characters) {
    if (previous !== '' || characters.length === 1) {
      terms.push(cut(previous + character));
    }
    previous = character;
  }
}

function cut(token: string): string {
  if (token.length <= MAXIMUM_TOKEN_LENGTH) {
    return token;
  }
  return token.slice(0, MAXIMUM_TOKEN_LENGTH).replace(SPLIT_SURROGATE, '');
}
