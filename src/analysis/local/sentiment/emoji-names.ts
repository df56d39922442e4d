import { createRequire } from 'node:module';

const PICTOGRAPH = /\p{Extended_Pictographic}/gu;
const VARIATION_SELECTOR = /\ufe0f/gu;
/** Emoji of one text that are read; more of them add nothing. */
const MOST_READ = 30;
const ONE_CODE_POINT = /^.$/su;

/** Emoji by their Unicode names, which VADER reads as words: 😂 is "face with tears of joy". */
export class EmojiNames {
  private names: ReadonlyMap<string, string> | undefined;

  /** The text with a name in place of each emoji. */
  spellOut(text: string): string {
    let read = 0;
    return text.replace(PICTOGRAPH, (emoji) => {
      read += 1;
      return read > MOST_READ ? ' ' : ` ${this.load().get(emoji) ?? emoji} `;
    });
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
