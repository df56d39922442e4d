/** Most words that neighbours are taken to have in common. */
const MAX_COMMON_WORDS = 40;
/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** The texts of neighbouring pieces as one. */
export function joinTexts(before: string, after: string): string {
  if (before === '' || after === '') return before + after;
  const isUnspaced = UNSPACED.test(before.slice(-1)) && UNSPACED.test(after.slice(0, 1));
  return `${before}${isUnspaced ? '' : ' '}${after}`;
}

/** `after` without the words that it begins with and `before` ends with, because both heard them. */
export function withoutCommonWords(before: string, after: string): string {
  const last = words(before).slice(-MAX_COMMON_WORDS);
  const next = words(after);
  for (let count = Math.min(last.length, next.length, MAX_COMMON_WORDS); count > 0; count -= 1) {
    const tail = last.slice(-count).map(plain);
    if (tail.every((word, index) => word === plain(next[index] ?? ''))) return next.slice(count).join(' ');
  }
  return after;
}

function words(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

/** A word as it sounds, more or less. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
