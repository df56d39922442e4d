import { countWords } from '../core/llm/tokens/words.js';

const SURROGATE_PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;

/** Words as a word processor counts them, and Unicode characters. */
export function measureText(text: string): { word_count: number; character_count: number } {
  const pairs = text.match(SURROGATE_PAIRS)?.length ?? 0;
  return { word_count: countWords(text), character_count: text.length - pairs };
}
