import type { OpenAI } from 'openai';
import type { TokenCounter } from '../../tokens/token-counter.js';
import type { ChatModelDefinition } from '../../chat-model-definition.js';
import {
  type ChatCompletion,
  ChatModel,
  type ChatModelDescriptor,
  type ChatRequest,
  type ChatStreamEvent,
  type ChatUsage,
  type StructuredChatRequest,
  type StructuredCompletion,
} from '../../chat-model.js';
import { type ChatDefaults, chatOptions } from '../../chat-options.js';
import { toUsage } from '../../chat-cost.js';
import { parseJsonAnswer } from '../../parse-json-answer.js';
import { requireText, requireWholeAnswer } from '../require-answer.js';
import { sdkRequestOptions } from '../sdk-request-options.js';
import { callOpenAi, type OpenAiCallOptions, streamFromOpenAi } from './call-openai.js';
import { ChatStreamReader, type OpenAiAnswer, readChat } from './read-chat.js';
import { toStrictSchema, withoutFillers } from './strict-schema.js';

export interface OpenAiChatOptions {
  readonly sdk: OpenAI;
  readonly definition: ChatModelDefinition;
  readonly defaults: ChatDefaults;
  /** For a whole answer, or for each wait of a stream. */
  readonly timeoutMs: number;
  /** Counts for servers that don't say what a call used. */
  readonly counter: TokenCounter;
}

type Parameters = OpenAI.ChatCompletionCreateParamsNonStreaming;

/** A chat model of OpenAI, or of a server that speaks its protocol. */
export class OpenAiChatModel extends ChatModel {
  constructor(private readonly options: OpenAiChatOptions) {
    super();
  }

  get descriptor(): ChatModelDescriptor {
    return this.options.definition.descriptor;
  }

  complete(request: ChatRequest): Promise<ChatCompletion> {
    return callOpenAi(this.callOptions(request), async (signal) => {
      const body = await this.create(this.parameters(request), signal);
      return this.completion(request, readChat(body));
    });
  }

  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamEvent, void, undefined> {
    yield* streamFromOpenAi(this.callOptions(request), (signal) => this.events(request, signal));
  }

  async completeStructured(request: StructuredChatRequest): Promise<StructuredCompletion> {
    const { name, json } = request.schema;
    const strict = toStrictSchema(json);
    const { provider, model } = this.names();
    return callOpenAi(this.callOptions(request), async (signal) => {
      const body = await this.create(
        {
          ...this.parameters(request),
          response_format: {
            type: 'json_schema',
            json_schema: { name, schema: strict ?? json, strict: strict !== null },
          },
        },
        signal,
      );
      const answer = readChat(body);
      const usage = await this.usage(request, answer);
      requireWholeAnswer(answer.finishReason, usage);
      const data = parseJsonAnswer(answer.content, usage);
      return { model, provider, usage, data: strict ? withoutFillers(data, json) : data };
    });
  }

  private create(parameters: Parameters, signal: AbortSignal): Promise<unknown> {
    return this.options.sdk.chat.completions.create(parameters, sdkRequestOptions(signal));
  }

  private async *events(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatStreamEvent> {
    const reader = new ChatStreamReader();
    const stream = await this.options.sdk.chat.completions.create(
      { ...this.parameters(request), stream: true, stream_options: { include_usage: true } },
      sdkRequestOptions(signal),
    );
    for await (const chunk of stream) {
      const content = reader.read(chunk);
      if (content !== '') yield { type: 'delta', content };
    }
    reader.requireEnd();
    yield { type: 'done', completion: await this.completion(request, reader.answer) };
  }

  private parameters(request: ChatRequest): Parameters {
    const { definition, defaults } = this.options;
    const { maxOutputTokens, temperature } = chatOptions(request, definition, defaults);
    const { thinks, effort } = definition.traits;
    return {
      model: definition.name,
      messages: [
        ...(request.system === undefined ? [] : [{ role: 'system' as const, content: request.system }]),
        ...request.messages.map(({ role, content }) => ({ role, content })),
      ],
      // Compatible servers know the older name, which models that think refuse.
      [thinks ? 'max_completion_tokens' : 'max_tokens']: maxOutputTokens,
      ...(temperature !== null && { temperature }),
      ...(effort !== null && { reasoning_effort: effort }),
    };
  }

  private async completion(request: ChatRequest, answer: OpenAiAnswer): Promise<ChatCompletion> {
    const { content, finishReason } = answer;
    const usage = await this.usage(request, answer);
    return requireText({ ...this.names(), usage, content, finishReason });
  }

  private async usage(request: ChatRequest, { content, tokens }: OpenAiAnswer): Promise<ChatUsage> {
    if (tokens !== null) return toUsage(tokens, this.options.definition.pricing);
    const texts = [request.system ?? '', ...request.messages.map((message) => message.content)];
    const [completion = 0, ...prompt] = await this.options.counter.countMany([content, ...texts]);
    return {
      promptTokens: prompt.reduce((sum, count) => sum + count, 0),
      completionTokens: completion,
      costUsd: null,
    };
  }

  private names() {
    const { id, provider } = this.descriptor;
    return { model: id, provider };
  }

  private callOptions({ signal }: ChatRequest): OpenAiCallOptions {
    const { definition, timeoutMs } = this.options;
    return { model: definition.name, modelSetting: 'DEFAULT_LLM_MODEL', timeoutMs, signal };
  }
}
