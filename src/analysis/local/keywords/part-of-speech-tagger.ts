import model from 'wink-eng-lite-web-model';
import winkNLP, { type ItsFunction, type PartOfSpeech, type WinkMethods } from 'wink-nlp';

/** Stands where a phrase ends, so that words of two sentences aren't taken for one. */
const BOUNDARY = '.';

/** Tells the parts of speech of English words, by wink-nlp's light model. */
export class PartOfSpeechTagger {
  private wink: WinkMethods | undefined;

  /**
   * @param words without punctuation, at most a few hundred: the time grows faster than their number
   * @param startsPhrase whether the word at an index is separated from the one before it by more than a blank
   * @returns of each word its universal part of speech: NOUN, ADJ, VERB, …
   */
  tag(words: readonly string[], startsPhrase: (index: number) => boolean): string[] {
    const sent = words.flatMap((word, index) => (startsPhrase(index) ? [BOUNDARY, word] : [word]));
    this.wink ??= winkNLP(model, ['pos']);
    const tokens = this.wink.readDoc(sent.join(' ')).tokens();
    const parts = align(sent, tokens.out(), tokens.out<PartOfSpeech>(partOfSpeech(this.wink)));
    return parts.filter((_, index) => sent[index] !== BOUNDARY);
  }
}

function partOfSpeech({ its }: WinkMethods): ItsFunction<PartOfSpeech> {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the library takes it as a name and never calls it as a method
  return its.pos;
}

/** A word that the library cuts into several tokens, such as "don't", has the part of speech of the last one. */
function align(words: readonly string[], texts: readonly string[], parts: readonly string[]): string[] {
  let token = 0;
  return words.map((word) => {
    let read = texts[token]?.length ?? word.length;
    while (read < word.length && token + 1 < texts.length) {
      token += 1;
      read += texts[token]?.length ?? 0;
    }
    const part = parts[token] ?? 'X';
    token += 1;
    return part;
  });
}
