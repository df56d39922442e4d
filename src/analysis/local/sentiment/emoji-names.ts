import { createRequire } from 'node:module';
import type { Lexicon } from './vader/lexicon.js';

const PICTOGRAPH = /\p{Extended_Pictographic}/gu;
const VARIATION_SELECTOR = /\ufe0f/gu;
/** Emoji of one text that are read; more of them add nothing. */
const MOST_READ = 30;
const ONE_CODE_POINT = /^.$/su;

/** Emoji that the lexicon lacks by their Unicode names, which VADER reads as words: 🎉 is "party popper". */
export class EmojiNames {
  private names: ReadonlyMap<string, string> | undefined;

  constructor(private readonly lexicon: Lexicon) {}

  /** The text with each emoji as a word of its own, or as the words of its name. */
  spellOut(text: string): string {
    let read = 0;
    return text.replace(PICTOGRAPH, (emoji) => {
      read += 1;
      return read > MOST_READ ? ' ' : ` ${this.wordsFor(emoji)} `;
    });
  }

  private wordsFor(emoji: string): string {
    return this.lexicon(emoji) === undefined ? (this.load().get(emoji) ?? emoji) : emoji;
  }

  private load(): ReadonlyMap<string, string> {
    this.names ??= readNames();
    return this.names;
  }
}

function readNames(): Map<string, string> {
  const data = createRequire(import.meta.url)('unicode-emoji-json/data-by-emoji.json') as Record<
    string,
    { readonly name: string }
  >;
  return new Map(
    Object.entries(data)
      .map(([emoji, { name }]) => [emoji.replace(VARIATION_SELECTOR, ''), name] as const)
      .filter(([emoji]) => ONE_CODE_POINT.test(emoji)),
  );
}
