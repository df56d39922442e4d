import { Injectable, type StreamableFile } from '@nestjs/common';
import { ValidationError } from '../../common/errors/validation.error.js';
import { openEventStream, type ServerSentEvent } from '../../common/http/server-sent-events.js';
import type { ChatCompletion, ChatModel, ChatRequest } from '../../core/llm/chat-model.js';
import { ChatModels } from '../../core/llm/chat-models.js';
import { toUsageDto } from '../../core/llm/chat-usage.js';
import { type ClientSchema, ClientSchemas, SchemaError } from '../../core/llm/client-schema.js';
import { requestedChatModel } from '../../core/llm/requested-chat-model.js';
import { askForJson } from '../../core/llm/structured-output.js';
import type { GenerateRequestDto, GenerateResultDto } from '../dto/generate.dto.js';
import { assertFits, generationRequest } from './generation-request.js';

/** Lets a chat model write what the client asks for. */
@Injectable()
export class GenerationService {
  constructor(
    private readonly models: ChatModels,
    private readonly schemas: ClientSchemas,
  ) {}

  /** The text, data for a schema, or a stream of events when the request asks for one. */
  async generate(
    request: GenerateRequestDto,
    signal: AbortSignal,
  ): Promise<GenerateResultDto | StreamableFile> {
    const schema = await this.readSchema(request, signal);
    const model = requestedChatModel(this.models, request.model);
    const chatRequest = generationRequest(request, signal);
    await assertFits(chatRequest, model.descriptor, signal);
    if (schema !== null) return generateData(model, chatRequest, schema);
    if (request.stream) return openEventStream(toEvents(model, chatRequest), signal);
    return toResult(await model.complete(chatRequest));
  }

  private async readSchema(
    { response_schema: schema, stream }: GenerateRequestDto,
    signal: AbortSignal,
  ): Promise<ClientSchema | null> {
    if (schema === undefined) return null;
    if (stream) throw ValidationError.at(['stream'], 'must be false or absent with response_schema');
    return blameSchema(() => this.schemas.read(schema, signal));
  }
}

async function blameSchema<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    throw ValidationError.at(['response_schema'], error.message, 'json_schema');
  }
}

async function generateData(
  model: ChatModel,
  request: ChatRequest,
  schema: ClientSchema,
): Promise<GenerateResultDto> {
  const { answer, usage, ...by } = await blameSchema(() => askForJson(model, { ...request, schema }));
  return { data: answer, finish_reason: 'stop', ...by, usage: toUsageDto(usage) };
}

async function* toEvents(model: ChatModel, request: ChatRequest): AsyncGenerator<ServerSentEvent> {
  for await (const event of model.stream(request)) {
    if (event.type === 'delta') yield { event: 'delta', data: { content: event.content } };
    else yield { event: 'done', data: toResult(event.completion) };
  }
}

function toResult({ content, finishReason, model, provider, usage }: ChatCompletion): GenerateResultDto {
  return { content, finish_reason: finishReason, model, provider, usage: toUsageDto(usage) };
}
