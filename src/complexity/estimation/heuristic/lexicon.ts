import type { Word } from './words.js';

/** What a phrase says about a task. */
export type Meaning =
  /** A change that hardly needs thought: `rename`, `typo`. */
  | 'edit'
  /** A small change: `hide`, `adjust`. */
  | 'change'
  /** Something new: `build`, `implement`. */
  | 'build'
  /** All of something again: `rewrite`, `migrate`. */
  | 'remake'
  /** Joining with something foreign: `integrate`, `upgrade`. */
  | 'join'
  /** Repairing what is there. */
  | 'repair'
  /** Big things: `engine`, `architecture`. */
  | 'scope'
  /** Small things: `button`, `footer`. */
  | 'detail'
  /** How far it reaches: `entire`, `distributed`. */
  | 'breadth'
  /** What goes wrong expensively: `payments`, `encryption`. */
  | 'risk'
  /** Defects that hide: `race condition`. */
  | 'elusive'
  /** `just`, `simple`. */
  | 'hedge'
  /** Only says where or when: ends what the task is about. */
  | 'place';

/** Phrases by what they mean, words parted by blanks, phrases by commas. */
export type PhraseBook = Readonly<Partial<Record<Meaning, string>>>;

/** A phrase found in a text. */
export interface Find {
  readonly meaning: Meaning;
  /** As in the text, lower case. */
  readonly phrase: string;
  /** Index of its first word. */
  readonly at: number;
  readonly length: number;
}

const LONGEST_PHRASE = 3;
/** Scripts without blanks between words: there, and only there, a phrase may be part of a longer run. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u;
/** German glues nouns; the last one says what it is. */
const SHORTEST_COMPOUND = 9;

/** Looks phrases up: whole words by their stems, the longest phrase first. */
export class Lexicon {
  private readonly phrases = new Map<string, Meaning[]>();
  private readonly unspaced: { text: string; meaning: Meaning }[] = [];

  constructor(
    books: readonly PhraseBook[],
    private readonly compoundEndings: readonly string[],
    split: (text: string) => Word[],
  ) {
    for (const book of books) {
      for (const [meaning, phrases] of Object.entries(book) as [Meaning, string][]) {
        for (const phrase of phrases.split(',')) this.add(split(phrase), meaning);
      }
    }
  }

  private add(words: readonly Word[], meaning: Meaning): void {
    const text = words.map((word) => word.text).join(' ');
    if (UNSPACED.test(text)) {
      this.unspaced.push({ text, meaning });
      return;
    }
    const key = words.map(({ stem }) => stem).join(' ');
    this.phrases.set(key, [...(this.phrases.get(key) ?? []), meaning]);
  }

  /** All phrases in a text, in their order. A word belongs to one phrase, which may mean several things. */
  find(words: readonly Word[]): Find[] {
    const found: Find[] = [];
    for (let at = 0; at < words.length;) {
      const here = this.longestAt(words, at);
      found.push(...here);
      at += here[0]?.length ?? 1;
    }
    return found;
  }

  private longestAt(words: readonly Word[], at: number): Find[] {
    for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length--) {
      const piece = words.slice(at, at + length);
      const meanings = this.phrases.get(piece.map(({ stem }) => stem).join(' '));
      const phrase = piece.map(({ text }) => text).join(' ');
      if (meanings !== undefined) return meanings.map((meaning) => ({ meaning, phrase, at, length }));
    }
    return this.insideOf(words[at]?.text ?? '', at);
  }

  private insideOf(text: string, at: number): Find[] {
    if (UNSPACED.test(text)) {
      return this.unspaced
        .filter((entry) => text.includes(entry.text))
        .map((entry) => ({ meaning: entry.meaning, phrase: entry.text, at, length: 1 }));
    }
    const isCompound =
      text.length >= SHORTEST_COMPOUND && this.compoundEndings.some((ending) => text.endsWith(ending));
    return isCompound ? [{ meaning: 'scope', phrase: text, at, length: 1 }] : [];
  }
}
