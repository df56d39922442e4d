import { continuesPhrase, type Word } from './words.js';

/** Words of a phrase; longer runs are lists or tables. */
const LONGEST_PHRASE = 5;

/**
 * Longest runs of words that belong to phrases, each up to the last word that can be the end of one. A word that
 * repeats the one before it begins another run.
 */
export function chunks(
  words: readonly Word[],
  belongs: (word: Word, index: number) => boolean,
  canEnd: (index: number) => boolean,
): string[] {
  const phrases: string[] = [];
  let run: number[] = [];
  const finish = () => {
    while (run.length > 0 && !canEnd(run.at(-1) ?? 0)) run.pop();
    if (run.length > 0 && run.length <= LONGEST_PHRASE)
      phrases.push(join(run.flatMap((index) => words[index] ?? [])));
    run = [];
  };
  words.forEach((word, index) => {
    const repeats = word.text.toLowerCase() === words[index - 1]?.text.toLowerCase();
    if (!continuesPhrase(word) || repeats) finish();
    if (belongs(word, index)) run.push(index);
    else finish();
  });
  finish();
  return phrases;
}

function join(words: readonly Word[]): string {
  return words.map(({ text, gap }, index) => (index === 0 ? text : gap + text)).join('');
}
