import { ces, dan, deu, eng, fin, fra, ita, nld, nob, pol, por, rus, spa, swe, tur, ukr } from 'stopword';

/** Languages that are told apart, each with its list in the package. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  eng,
  deu,
  fra,
  spa,
  ita,
  por,
  nld,
  swe,
  dan,
  nob,
  fin,
  pol,
  ces,
  rus,
  ukr,
  tur,
};

/** Share of a text's words that must be stop words of a language for the text to be in it. */
const LEAST_SHARE = 0.1;
/** Words that the language is told from. */
const SAMPLE = 400;

/** Contracted and dropped letters that tokenizers leave behind, and words that say how a text is put together. */
const MORE_ENGLISH =
  's t d m o re ll ve y ain aren couldn didn doesn don hadn hasn haven isn mightn mustn needn shan shouldn wasn ' +
  'weren won wouldn also may might must could would one two using used use based via etc new several many various ' +
  'different other such e.g i.e';

/** The stop words of a text's language; those of English when it is in none that is known. */
export class StopWords {
  private readonly sets = new Map<string, ReadonlySet<string>>();

  of(language: string): ReadonlySet<string> {
    let words = this.sets.get(language);
    if (words === undefined) {
      words = new Set([...(LISTS[language] ?? []), ...(language === 'eng' ? MORE_ENGLISH.split(' ') : [])]);
      this.sets.set(language, words);
    }
    return words;
  }

  /** @param text its start is enough */
  languageOf(text: string): string | null {
    const words = (
      text
        .slice(0, SAMPLE * 8)
        .toLowerCase()
        .match(/\p{L}+/gu) ?? []
    ).slice(0, SAMPLE);
    let best: { language: string; share: number } | null = null;
    for (const language of Object.keys(LISTS)) {
      const stopWords = this.of(language);
      const share = words.filter((word) => stopWords.has(word)).length / Math.max(words.length, 1);
      if (share >= LEAST_SHARE && share > (best?.share ?? 0)) best = { language, share };
    }
    return best?.language ?? null;
  }
}
