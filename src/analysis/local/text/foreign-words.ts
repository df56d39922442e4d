import type { LanguageDetector } from '../../language/language-detector.js';
import { withoutAddresses } from './addresses.js';
import type { StopWords } from './stop-words.js';

/** Whether a word of a text only looks like an English one, as the German "die" and "war" do. */
export type IsForeign = (word: string) => boolean;

const WORD = /\p{L}[\p{L}\p{M}]+/gu;
/** Different words from which on the detector is right; it takes many an exclamation for Tagalog. */
const ENOUGH_WORDS = 4;
/** What they are counted in, in UTF-16 units. */
const SAMPLE = 1_000;

/**
 * Tells which words of a text are of another language than English: all of them where the text surely is; where it
 * says too little, the stop words of the language that it seems to be in by these and by the detector.
 */
export class ForeignWords {
  constructor(
    private readonly stopWords: StopWords,
    private readonly detector: LanguageDetector,
  ) {}

  /** English shows by its stop words; the detector, which takes memory, is asked where those don't. */
  async of(text: string, signal: AbortSignal): Promise<IsForeign> {
    const likely = this.stopWords.languageOf(text);
    if (likely === 'en') return () => false;
    const prose = withoutAddresses(text);
    const language = await this.detector.detect(prose, signal);
    if (language === null || language === 'en') return () => false;
    if (wordsIn(prose) >= ENOUGH_WORDS) return () => true;
    const stopWords = this.stopWords.of(language);
    return (word) => language === likely && stopWords.has(word.toLowerCase());
  }
}

function wordsIn(prose: string): number {
  return new Set(prose.slice(0, SAMPLE).toLowerCase().match(WORD)).size;
}
