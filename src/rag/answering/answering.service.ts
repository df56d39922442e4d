import { Injectable, type StreamableFile } from '@nestjs/common';
import { openEventStream, type ServerSentEvent } from '../../common/http/server-sent-events.js';
import type { UsageDto } from '../../common/http/usage.dto.js';
import { ChatModels } from '../../core/llm/chat-models.js';
import { toUsageDto } from '../../core/llm/chat-usage.js';
import { requestedChatModel } from '../../core/llm/requested-chat-model.js';
import type { SearchHit } from '../../core/vector-store/vector-store.js';
import type { QueryDto } from '../dto/search-request.dto.js';
import type { AnswerDto, SourceDto } from '../dto/search-response.dto.js';
import { type Retrieved, SearchService, toResult } from '../search.service.js';
import { addUsage } from '../usage.js';
import type { Answer, Answerer, Question } from './answerer.js';
import { EXTRACTIVE_MODEL, ExtractiveAnswerer } from './extractive-answerer.js';
import { ModelAnswerer } from './model-answerer.js';

/** Answers questions from what is stored. */
@Injectable()
export class AnsweringService {
  constructor(
    private readonly search: SearchService,
    private readonly models: ChatModels,
  ) {}

  /** The answer, or a stream of events when the request asks for one. */
  async query(request: QueryDto, signal: AbortSignal): Promise<AnswerDto | StreamableFile> {
    const answerer = this.answererFor(request.model);
    const retrieved = await this.search.retrieve(request, request.context_limit, signal);
    const question = toQuestion(request, retrieved, signal);
    if (request.stream) return openEventStream(toEvents(answerer, question, retrieved.usage), signal);
    const answer = await answerer.answer(question);
    return { ...toAnswerDto(answer, retrieved.usage), sources: numbered(answer.sources) };
  }

  /** Quotes where nothing else is configured or asked for. */
  private answererFor(model: string | undefined): Answerer {
    const isExtractive = model === undefined ? !this.models.isConfigured : model === EXTRACTIVE_MODEL;
    return isExtractive
      ? new ExtractiveAnswerer()
      : new ModelAnswerer(requestedChatModel(this.models, model, [EXTRACTIVE_MODEL]));
  }
}

function toQuestion(request: QueryDto, { hits }: Retrieved, signal: AbortSignal): Question {
  return {
    text: request.query,
    passages: hits,
    systemPrompt: request.system_prompt,
    temperature: request.temperature,
    maxTokens: request.max_tokens,
    signal,
  };
}

async function* toEvents(
  answerer: Answerer,
  question: Question,
  searchUsage: UsageDto,
): AsyncGenerator<ServerSentEvent> {
  for await (const event of answerer.stream(question)) {
    if (event.type === 'sources') yield { event: 'sources', data: { sources: numbered(event.sources) } };
    else if (event.type === 'delta') yield { event: 'delta', data: { content: event.content } };
    else yield { event: 'done', data: toAnswerDto(event.answer, searchUsage) };
  }
}

function toAnswerDto(
  { text, citations, model, provider, usage }: Answer,
  searchUsage: UsageDto,
): Omit<AnswerDto, 'sources'> {
  return {
    answer: text,
    citations: [...citations],
    model,
    provider,
    usage: addUsage(searchUsage, toUsageDto(usage)),
  };
}

function numbered(hits: readonly SearchHit[]): SourceDto[] {
  return hits.map((hit, index) => ({ ...toResult(hit), number: index + 1 }));
}
