import type { Anthropic } from '@anthropic-ai/sdk';
import { toUsage } from '../../chat-cost.js';
import type { ChatModelDefinition } from '../../chat-model-definition.js';
import {
  type ChatCompletion,
  ChatModel,
  type ChatModelDescriptor,
  type ChatRequest,
  type ChatStreamEvent,
  type StructuredChatRequest,
  type StructuredCompletion,
} from '../../chat-model.js';
import { type ChatDefaults, chatOptions } from '../../chat-options.js';
import { parseJsonAnswer } from '../../parse-json-answer.js';
import { callProvider, type ProviderCallOptions, streamFromProvider } from '../call-provider.js';
import { requireText, requireWholeAnswer } from '../require-answer.js';
import { sdkRequestOptions } from '../sdk-request-options.js';
import { toAnthropicError } from './anthropic-errors.js';
import { asInstruction, toOutputSchema } from './output-schema.js';
import { type AnthropicAnswer, MessageStreamReader, readMessage } from './read-message.js';

/** The highest that Anthropic takes, where OpenAI takes up to 2. */
const MAX_TEMPERATURE = 1;

export interface AnthropicChatOptions {
  readonly sdk: Anthropic;
  readonly definition: ChatModelDefinition;
  readonly defaults: ChatDefaults;
  /** For a whole answer, or for each wait of a stream. */
  readonly timeoutMs: number;
}

type Parameters = Anthropic.MessageCreateParamsNonStreaming;

/** A chat model of Anthropic. */
export class AnthropicChatModel extends ChatModel {
  constructor(private readonly options: AnthropicChatOptions) {
    super();
  }

  get descriptor(): ChatModelDescriptor {
    return this.options.definition.descriptor;
  }

  complete(request: ChatRequest): Promise<ChatCompletion> {
    return callProvider(this.callOptions(request), async (signal) =>
      requireText(this.completion(readMessage(await this.create(this.parameters(request), signal)))),
    );
  }

  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamEvent, void, undefined> {
    yield* streamFromProvider(this.callOptions(request), (signal) => this.events(request, signal));
  }

  completeStructured(request: StructuredChatRequest): Promise<StructuredCompletion> {
    return callProvider(this.callOptions(request), async (signal) => {
      const body = await this.create(this.structuredParameters(request), signal);
      const { content, ...answer } = this.completion(readMessage(body));
      requireWholeAnswer(answer.finishReason, answer.usage);
      const { model, provider, usage } = answer;
      return { model, provider, usage, data: parseJsonAnswer(content, usage) };
    });
  }

  private create(parameters: Parameters, signal: AbortSignal): Promise<unknown> {
    return this.options.sdk.messages.create(parameters, sdkRequestOptions(signal));
  }

  private async *events(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatStreamEvent> {
    const reader = new MessageStreamReader();
    const stream = await this.options.sdk.messages.create(
      { ...this.parameters(request), stream: true },
      sdkRequestOptions(signal),
    );
    for await (const event of stream) {
      const content = reader.read(event);
      if (content !== '') yield { type: 'delta', content };
    }
    reader.requireEnd();
    yield { type: 'done', completion: requireText(this.completion(reader.answer)) };
  }

  private parameters(request: ChatRequest): Parameters {
    const { definition, defaults } = this.options;
    const { maxOutputTokens, temperature } = chatOptions(request, definition, defaults);
    const { effort } = definition.traits;
    return {
      model: definition.name,
      max_tokens: maxOutputTokens,
      messages: request.messages.map(({ role, content }) => ({ role, content })),
      ...(request.system !== undefined && { system: request.system }),
      ...(temperature !== null && { temperature: Math.min(temperature, MAX_TEMPERATURE) }),
      ...(effort !== null && { output_config: { effort } }),
    };
  }

  private structuredParameters(request: StructuredChatRequest): Parameters {
    const parameters = this.parameters(request);
    const schema = toOutputSchema(request.schema.json);
    if (schema === null) return { ...parameters, system: asInstruction(request) };
    const format = { type: 'json_schema' as const, schema };
    return { ...parameters, output_config: { ...parameters.output_config, format } };
  }

  private completion({ content, finishReason, tokens }: AnthropicAnswer): ChatCompletion {
    const { id, provider } = this.descriptor;
    const usage = toUsage(tokens, this.options.definition.pricing);
    return { content, finishReason, model: id, provider, usage };
  }

  private callOptions({ signal }: ChatRequest): ProviderCallOptions {
    const { definition, timeoutMs } = this.options;
    const { name: model } = definition;
    return {
      call: { provider: 'anthropic', model, modelSetting: 'DEFAULT_LLM_MODEL' },
      timeoutMs,
      signal,
      translate: (error) => toAnthropicError(error, model),
    };
  }
}
