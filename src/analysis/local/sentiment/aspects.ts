import type { Sentiment } from '../../text-analyzer.js';
import type { PhraseFinder } from '../keywords/phrases.js';
import type { IsForeign } from '../text/foreign-words.js';
import type { Pace } from '../text/pace.js';
import { sentencesOf } from '../text/sentences.js';
import { clausesOf } from './clauses.js';
import { sentimentOf, type SentimentRater } from './sentiment-rater.js';

const MOST_ASPECTS = 10;
/** Different ones that are kept in mind. */
const MOST_KNOWN = 5_000;
const LONGEST_ASPECT = 3;

export interface Aspect {
  readonly aspect: string;
  readonly sentiment: Sentiment;
  readonly score: number;
}

interface Mentions {
  readonly aspect: string;
  sum: number;
  count: number;
}

/**
 * What a text has opinions on: the noun phrases of clauses with a word that counts, each with the mean rating of its
 * clauses; the most often mentioned first. It doesn't know which word of a clause is about which noun.
 */
export async function aspectsOf(
  { text, isForeign }: { text: string; isForeign: IsForeign },
  rater: SentimentRater,
  finder: PhraseFinder,
  pace: Pace,
): Promise<Aspect[]> {
  const mentions = new Map<string, Mentions>();
  const language = finder.languageOf(text);
  for (const sentence of sentencesOf(text)) {
    for (const clause of clausesOf(sentence)) {
      const { compound, rated } = rater.rateClause(clause, isForeign);
      if (rated === 0) continue;
      for (const phrase of [...finder.phrasesOf([clause], language)].flat()) {
        const aspect = rater.withoutOpinion(phrase);
        if (aspect !== '' && aspect.split(' ').length <= LONGEST_ASPECT) note(mentions, aspect, compound);
      }
      await pace.step();
    }
    await pace.step();
  }
  return [...mentions.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_ASPECTS)
    .map(({ aspect, sum, count }) => ({ aspect, score: sum / count, sentiment: sentimentOf(sum / count) }));
}

function note(mentions: Map<string, Mentions>, aspect: string, score: number): void {
  const key = aspect.toLowerCase();
  const known = mentions.get(key);
  if (known !== undefined) {
    known.sum += score;
    known.count += 1;
  } else if (mentions.size < MOST_KNOWN) mentions.set(key, { aspect, sum: score, count: 1 });
}
