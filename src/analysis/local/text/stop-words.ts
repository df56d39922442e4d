import * as lists from 'stopword';

/** Languages that are told apart, by ISO 639-1 codes, each with its list in the package. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  en: lists.eng,
  de: lists.deu,
  fr: lists.fra,
  es: lists.spa,
  it: lists.ita,
  pt: lists.por,
  nl: lists.nld,
  sv: lists.swe,
  da: lists.dan,
  no: lists.nob,
  fi: lists.fin,
  pl: lists.pol,
  cs: lists.ces,
  hr: lists.hrv,
  hu: lists.hun,
  ro: lists.ron,
  lt: lists.lit,
  lv: lists.lav,
  tr: lists.tur,
  id: lists.ind,
  vi: lists.vie,
  el: lists.ell,
  bg: lists.bul,
  ru: lists.rus,
  uk: lists.ukr,
  ar: lists.ara,
  fa: lists.fas,
  ur: lists.urd,
  he: lists.heb,
  hi: lists.hin,
  bn: lists.ben,
  ko: lists.kor,
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

/** The stop words of languages, and what language a text is in by those that it has. */
export class StopWords {
  private readonly sets = new Map<string, ReadonlySet<string>>();

  /** @param language none are known of one that is not in the lists */
  of(language: string): ReadonlySet<string> {
    let words = this.sets.get(language);
    if (words === undefined) {
      words = new Set([...(LISTS[language] ?? []), ...(language === 'en' ? MORE_ENGLISH.split(' ') : [])]);
      this.sets.set(language, words);
    }
    return words;
  }

  /**
   * @param text its start is enough
   * @returns an ISO 639-1 code, or null when it is in none that is known
   */
  languageOf(text: string): string | null {
    const words = (
      text
        .slice(0, SAMPLE * 8)
        .toLowerCase()
        .match(/[\p{L}\p{M}]+/gu) ?? []
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
