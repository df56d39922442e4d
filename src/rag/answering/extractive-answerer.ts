import { NO_CHAT_USAGE } from '../../core/llm/chat-usage.js';
import type { CitationDto } from '../dto/search-response.dto.js';
import { type Answer, Answerer, type AnswerEvent, NOTHING_FOUND, type Question } from './answerer.js';
import { extractAnswer, type Quotation } from './extractive-answer.js';

export const EXTRACTIVE_MODEL = 'local-extractive';

/** Quotes the passages. */
export class ExtractiveAnswerer extends Answerer {
  override answer(question: Question): Promise<Answer> {
    return Promise.resolve(quote(question));
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- an answer that is there at once, read like any other
  override async *stream(question: Question): AsyncGenerator<AnswerEvent> {
    const answer = quote(question);
    yield { type: 'sources', sources: answer.sources };
    for (const content of answer.text.match(/\S+\s*/gu) ?? []) yield { type: 'delta', content };
    yield { type: 'done', answer };
  }
}

function quote({ text, passages }: Question): Answer {
  const quotations = extractAnswer(text, passages);
  return {
    ...compose(quotations),
    sources: quotations.length === 0 ? [] : passages,
    model: EXTRACTIVE_MODEL,
    provider: 'local',
    usage: NO_CHAT_USAGE,
  };
}

/** Each quotation followed by the number of its source. */
function compose(quotations: readonly Quotation[]): { text: string; citations: CitationDto[] } {
  if (quotations.length === 0) return { text: NOTHING_FOUND, citations: [] };
  const citations: CitationDto[] = [];
  let answer = '';
  for (const { passage, text } of quotations) {
    if (answer !== '') answer += ' ';
    citations.push({ source: passage + 1, start: answer.length, end: answer.length + text.length });
    answer += `${text} [${passage + 1}]`;
  }
  return { text: answer, citations };
}
