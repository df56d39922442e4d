import {
  type ChatCompletion,
  ChatModel,
  type ChatModelDescriptor,
  type ChatRequest,
  type ChatStreamEvent,
  type ChatUsage,
  type StructuredChatRequest,
  type StructuredCompletion,
} from '../../src/core/llm/chat-model.js';

const USAGE: ChatUsage = { promptTokens: 100, completionTokens: 10, costUsd: 0.25 };

/** What the model answers to a request: text, or data where that is asked for. An error is thrown. */
export type Script = (request: ChatRequest, call: number) => unknown;

/** A chat model that answers as it is told, for tests of what is made of its answers. */
export class ScriptedChatModel extends ChatModel {
  readonly requests: ChatRequest[] = [];
  readonly descriptor: ChatModelDescriptor;

  constructor(
    private readonly script: Script,
    descriptor: Partial<ChatModelDescriptor> = {},
  ) {
    super();
    this.descriptor = {
      id: 'scripted',
      provider: 'test',
      contextTokens: 100_000,
      maxOutputTokens: null,
      pricePerMillionInputTokens: null,
      pricePerMillionOutputTokens: null,
      retiresOn: null,
      ...descriptor,
    };
  }

  override complete(request: ChatRequest): Promise<ChatCompletion> {
    return Promise.resolve(this.completion(String(this.answerTo(request))));
  }

  /** The answer in pieces of three characters, or the pieces that the script gives. */
  // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous, the script is not
  override async *stream(request: ChatRequest): AsyncGenerator<ChatStreamEvent> {
    const answer = this.answerTo(request);
    const pieces = Array.isArray(answer) ? (answer as string[]) : (String(answer).match(/[^]{1,3}/gu) ?? []);
    for (const content of pieces) yield { type: 'delta', content };
    yield { type: 'done', completion: this.completion(pieces.join('')) };
  }

  override completeStructured(request: StructuredChatRequest): Promise<StructuredCompletion> {
    return Promise.resolve({ data: this.answerTo(request), ...this.by });
  }

  private get by() {
    return { model: this.descriptor.id, provider: this.descriptor.provider, usage: USAGE };
  }

  private completion(content: string): ChatCompletion {
    return { content, finishReason: 'stop', ...this.by };
  }

  private answerTo(request: ChatRequest): unknown {
    this.requests.push(request);
    const answer = this.script(request, this.requests.length);
    if (answer instanceof Error) throw answer;
    return answer;
  }
}
