import type { ChatUsage } from '../../core/llm/chat-model.js';
import type { SearchHit } from '../../core/vector-store/vector-store.js';
import type { CitationDto } from '../dto/search-response.dto.js';

/** What every answerer says when the passages don't hold the answer. It then cites nothing and lists no sources. */
export const NOTHING_FOUND = 'Nothing in the collection answers this question.';

export interface Question {
  readonly text: string;
  /** Best first. */
  readonly passages: readonly SearchHit[];
  /** What the client adds to the instructions of a language model. */
  readonly systemPrompt: string | undefined;
  readonly temperature: number | undefined;
  readonly maxTokens: number | undefined;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly text: string;
  readonly citations: readonly CitationDto[];
  /** The passages that citations count from 1; none when there is no answer. */
  readonly sources: readonly SearchHit[];
  readonly model: string;
  readonly provider: string;
  /** Of chat models alone. */
  readonly usage: ChatUsage;
}

export type AnswerEvent =
  | { readonly type: 'sources'; readonly sources: readonly SearchHit[] }
  | { readonly type: 'delta'; readonly content: string }
  /** The last one; its text is that of all deltas together. */
  | { readonly type: 'done'; readonly answer: Answer };

/** Answers questions from passages and nothing else, or says that they don't hold the answer. */
export abstract class Answerer {
  abstract answer(question: Question): Promise<Answer>;

  /** First the sources, then the answer in pieces, then the whole. */
  abstract stream(question: Question): AsyncIterable<AnswerEvent>;
}
