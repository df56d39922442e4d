import { Injectable, StreamableFile } from '@nestjs/common';
import { ValidationError } from '../../common/errors/validation.error.js';
import { eventStream, type ServerSentEvent } from '../../common/http/server-sent-events.js';
import type { QueryDto } from '../dto/search-request.dto.js';
import type { AnswerDto, CitationDto } from '../dto/search-response.dto.js';
import { SearchService, toResult } from '../search.service.js';
import { extractAnswer, type Quotation } from './extractive-answer.js';

const MODEL = 'local-extractive';
const PROVIDER = 'local';
const NOTHING_FOUND = 'Nothing in the collection answers this question.';

/** Answers questions from what is stored. */
@Injectable()
export class AnsweringService {
  constructor(private readonly search: SearchService) {}

  /** The answer, or a stream of events when the request asks for one. */
  async query(request: QueryDto, signal: AbortSignal): Promise<AnswerDto | StreamableFile> {
    const answer = await this.answer(request, signal);
    return request.stream ? eventStream(toEvents(answer)) : answer;
  }

  private async answer(request: QueryDto, signal: AbortSignal): Promise<AnswerDto> {
    if (request.model !== undefined && request.model !== MODEL) {
      throw ValidationError.at(['model'], `must be ${MODEL} or absent`, 'unknown_model');
    }
    const { hits, usage } = await this.search.retrieve(request, request.context_limit, signal);
    const quotations = extractAnswer(request.query, hits);
    const sources = quotations.length === 0 ? [] : hits.map(toResult);
    return {
      ...compose(quotations),
      sources: sources.map((source, index) => ({ ...source, number: index + 1 })),
      model: MODEL,
      provider: PROVIDER,
      usage,
    };
  }
}

/** Each quotation followed by the number of its source. */
function compose(quotations: readonly Quotation[]): { answer: string; citations: CitationDto[] } {
  if (quotations.length === 0) return { answer: NOTHING_FOUND, citations: [] };
  const citations: CitationDto[] = [];
  let answer = '';
  for (const { passage, text } of quotations) {
    if (answer !== '') answer += ' ';
    citations.push({ source: passage + 1, start: answer.length, end: answer.length + text.length });
    answer += `${text} [${passage + 1}]`;
  }
  return { answer, citations };
}

function* toEvents({ sources, answer, ...rest }: AnswerDto): Generator<ServerSentEvent> {
  yield { event: 'sources', data: { sources } };
  for (const content of answer.match(/\S+\s*/gu) ?? []) yield { event: 'delta', data: { content } };
  yield { event: 'done', data: { answer, ...rest } };
}
