/** ASCII punctuation, as in the reference's `string.punctuation`. */
const PUNCTUATION: ReadonlySet<string> = new Set('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~');
/** What is no longer than this without its punctuation may be an emoticon. */
const LONGEST_EMOTICON_CORE = 2;

export interface Token {
  /** In lower case, without punctuation around it; emoticons whole. */
  readonly word: string;
  readonly isUpperCase: boolean;
}

/** What stands between white space, stripped of punctuation where it is a word. */
export function readTokens(text: string): Token[] {
  return text
    .split(/\s+/u)
    .filter((part) => part !== '')
    .map((part) => {
      const stripped = strip(part);
      const written = stripped.length <= LONGEST_EMOTICON_CORE ? part : stripped;
      const word = written.toLowerCase();
      return { word, isUpperCase: written !== word && written === written.toUpperCase() };
    });
}

function strip(part: string): string {
  let start = 0;
  let end = part.length;
  while (start < end && PUNCTUATION.has(part.charAt(start))) start += 1;
  while (end > start && PUNCTUATION.has(part.charAt(end - 1))) end -= 1;
  return part.slice(start, end);
}
