import type { StopWords } from '../text/stop-words.js';
import type { PartOfSpeechTagger } from './part-of-speech-tagger.js';
import { chunks } from './chunks.js';
import { isUnspaced, unspacedPhrases } from './unspaced-phrases.js';
import { continuesPhrase, readWords, type Word } from './words.js';

const PHRASE_PARTS: ReadonlySet<string> = new Set(['NOUN', 'PROPN', 'ADJ']);
const HEAD_PARTS: ReadonlySet<string> = new Set(['NOUN', 'PROPN']);
const LETTER = /\p{L}/u;
/** Words that the tagger, which knows English, can say nothing of. */
const OTHER_SCRIPT = /^(?!\p{Script=Latin})\p{L}{2}/u;
/** Words that are tagged in one go. */
const WORDS_AT_ONCE = 80;

/** Finds what a text may be about: noun phrases in English, words between stop words in other languages. */
export class PhraseFinder {
  constructor(
    private readonly stopWords: StopWords,
    private readonly tagger: PartOfSpeechTagger,
  ) {}

  /** Candidate phrases as they are written, in reading order; repeated ones included. */
  phrasesOf(sentences: Iterable<string>, language: string | null): Generator<readonly string[]> {
    const isEnglish = language === null || language === 'en';
    return this.find(isEnglish ? this.nounPhrases.bind(this) : contentPhrases, sentences, language);
  }

  /** The same of a text without any noun: whatever is no stop word. */
  contentPhrasesOf(sentences: Iterable<string>, language: string | null): Generator<readonly string[]> {
    return this.find(contentPhrases, sentences, language);
  }

  private *find(
    find: (words: readonly Word[], stopWords: ReadonlySet<string>) => string[],
    sentences: Iterable<string>,
    language: string | null,
  ): Generator<readonly string[]> {
    const stopWords = this.stopWords.of(language ?? 'en');
    let words: Word[] = [];
    for (const sentence of sentences) {
      if (isUnspaced(sentence)) yield unspacedPhrases(sentence);
      else words.push(...readWords(sentence));
      if (words.length >= WORDS_AT_ONCE) {
        yield find(words, stopWords);
        words = [];
      } else yield [];
    }
    yield find(words, stopWords);
  }

  /** @returns an ISO 639-1 code, or null when it is in none that is known */
  languageOf(text: string): string | null {
    return this.stopWords.languageOf(text);
  }

  /** Adjectives and nouns in a row, up to the last noun (Hulth 2003). */
  private nounPhrases(words: readonly Word[], stopWords: ReadonlySet<string>): string[] {
    const phrases: string[] = [];
    for (let start = 0; start < words.length; start += WORDS_AT_ONCE) {
      const some = words.slice(start, start + WORDS_AT_ONCE);
      const tags = this.tagger.tag(
        some.map(({ text }) => text),
        (index) => index > 0 && !continuesPhrase(some[index]),
      );
      const parts = tags.map((tag, index) => (OTHER_SCRIPT.test(some[index]?.text ?? '') ? 'NOUN' : tag));
      phrases.push(
        ...chunks(
          some,
          (word, index) => PHRASE_PARTS.has(parts[index] ?? '') && isContent(word, stopWords),
          (index) => HEAD_PARTS.has(parts[index] ?? ''),
        ),
      );
    }
    return phrases;
  }
}

function contentPhrases(words: readonly Word[], stopWords: ReadonlySet<string>): string[] {
  return chunks(
    words,
    (word) => isContent(word, stopWords),
    () => true,
  );
}

function isContent({ text }: Word, stopWords: ReadonlySet<string>): boolean {
  return LETTER.test(text) && !stopWords.has(text.toLowerCase());
}
