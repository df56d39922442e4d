const SCRIPTS = String.raw`\p{Script=Han}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const UNSPACED = new RegExp(String.raw`[${SCRIPTS}\p{Script=Hiragana}]`, 'u');
/** Particles and endings of Japanese are written in hiragana. */
const CONTENT = new RegExp(`[${SCRIPTS}]|^\\p{Script=Latin}{2,}$`, 'u');
/** In characters. */
const LONGEST_PHRASE = 8;
const SHORTEST_PHRASE = 2;

/** Whether a sentence is in a script without blanks between words. */
export function isUnspaced(sentence: string): boolean {
  return UNSPACED.test(sentence);
}

/** Words by Unicode's dictionaries, neighbours together as far as they make no sentence. */
export function unspacedPhrases(sentence: string): string[] {
  const phrases: string[] = [];
  let phrase = '';
  const finish = (next: string) => {
    if (phrase.length >= SHORTEST_PHRASE) phrases.push(phrase);
    phrase = next.length <= LONGEST_PHRASE ? next : '';
  };
  const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });
  for (const { segment, isWordLike } of segmenter.segment(sentence)) {
    const belongs = isWordLike === true && CONTENT.test(segment);
    if (belongs && phrase.length + segment.length <= LONGEST_PHRASE) phrase += segment;
    else finish(belongs ? segment : '');
  }
  finish('');
  return phrases;
}
