import { analyze } from '../../common/text/analyzer.js';
import { QUESTION_WORDS } from './question-words.js';
import { splitSentences } from './split-sentences.js';

/** Share of the question's words that a passage must hold to count as being about it. */
const MIN_COVERAGE = 0.4;
/** Share of the best sentence's weight that another must reach to be quoted too. */
const MIN_SHARE_OF_BEST = 0.6;
const MAX_SENTENCES = 3;
const MAX_SENTENCE_LENGTH = 600;

/** The title helps to tell what a text is about; only the text is quoted. */
export interface Passage {
  readonly title: string | null;
  readonly text: string;
}

/** A sentence of a passage, word for word. */
export interface Quotation {
  /** Position of the passage. */
  readonly passage: number;
  readonly text: string;
}

interface Candidate extends Quotation {
  readonly position: number;
  readonly terms: ReadonlySet<string>;
}

/**
 * Answers a question with sentences of the passages: those that hold most of the question's words, rare ones
 * counting more. No passage that is about the question, no sentence.
 * @returns quotations in reading order, at most three
 */
export function extractAnswer(question: string, passages: readonly Passage[]): Quotation[] {
  const questionTerms = contentTerms(question);
  const candidates = passages.flatMap(({ title, text }, passage) =>
    isAbout(`${title ?? ''}\n${text}`, questionTerms) ? toCandidates(text, passage) : [],
  );
  const weigh = sentenceWeight(questionTerms, candidates);
  const ranked = candidates
    .map((candidate) => ({ candidate, weight: weigh(candidate) }))
    .sort((a, b) => b.weight - a.weight);
  const best = ranked[0]?.weight ?? 0;
  if (best === 0) return [];
  return distinct(
    ranked.filter(({ weight }) => weight >= best * MIN_SHARE_OF_BEST).map(({ candidate }) => candidate),
  )
    .slice(0, MAX_SENTENCES)
    .sort((a, b) => a.passage - b.passage || a.position - b.position)
    .map(({ passage, text }) => ({ passage, text }));
}

/** Stems of the question without the words that only make it a question; of all its words, if it has no others. */
function contentTerms(question: string): Set<string> {
  const terms = new Set(analyze(question));
  const content = new Set([...terms].filter((term) => !QUESTION_WORDS.has(term)));
  return content.size > 0 ? content : terms;
}

function isAbout(text: string, questionTerms: ReadonlySet<string>): boolean {
  const terms = new Set(analyze(text));
  return questionTerms.size > 0 && countShared(terms, questionTerms) / questionTerms.size >= MIN_COVERAGE;
}

function toCandidates(text: string, passage: number): Candidate[] {
  return splitSentences(text)
    .map(shorten)
    .map((sentence, position) => ({ passage, position, text: sentence, terms: new Set(analyze(sentence)) }));
}

/** The start of a sentence that is none, such as a table; never half of a surrogate pair. */
function shorten(sentence: string): string {
  const start = sentence.slice(0, MAX_SENTENCE_LENGTH);
  return start.isWellFormed() ? start : start.slice(0, -1);
}

/** Inverse document frequency over the candidates, summed over the question's terms in a sentence. */
function sentenceWeight(
  questionTerms: ReadonlySet<string>,
  candidates: readonly Candidate[],
): (candidate: Candidate) => number {
  const weights = new Map(
    [...questionTerms].map((term) => {
      const frequency = candidates.filter(({ terms }) => terms.has(term)).length;
      return [term, Math.log(1 + candidates.length / (frequency + 0.5))];
    }),
  );
  return ({ terms }) => {
    let weight = 0;
    for (const [term, termWeight] of weights) if (terms.has(term)) weight += termWeight;
    return weight;
  };
}

/** Overlapping chunks repeat sentences. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  return [
    ...new Map([...candidates].reverse().map((candidate) => [candidate.text, candidate])).values(),
  ].reverse();
}

function countShared(terms: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let shared = 0;
  for (const term of others) if (terms.has(term)) shared += 1;
  return shared;
}
