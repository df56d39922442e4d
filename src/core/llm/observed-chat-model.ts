import {
  type ChatCompletion,
  ChatModel,
  type ChatModelDescriptor,
  type ChatRequest,
  type ChatStreamEvent,
  type ChatUsage,
  type StructuredChatRequest,
  type StructuredCompletion,
} from './chat-model.js';
import type { ProviderCalls } from './provider-calls.js';

/** Notes how each call to the provider ended, and what it used. */
export class ObservedChatModel extends ChatModel {
  constructor(
    private readonly inner: ChatModel,
    private readonly calls: ProviderCalls,
  ) {
    super();
  }

  get descriptor(): ChatModelDescriptor {
    return this.inner.descriptor;
  }

  complete(request: ChatRequest): Promise<ChatCompletion> {
    return this.calls.run(this.subject(request), () => this.inner.complete(request), usageOf);
  }

  completeStructured(request: StructuredChatRequest): Promise<StructuredCompletion> {
    return this.calls.run(this.subject(request), () => this.inner.completeStructured(request), usageOf);
  }

  /** A stream that its reader leaves is a call that has failed, at an unknown price. */
  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamEvent, void, undefined> {
    const call = this.calls.begin(this.subject(request));
    let usage: ChatUsage | null = null;
    let failure: unknown = null;
    try {
      for await (const event of this.inner.stream(request)) {
        if (event.type === 'done') usage = event.completion.usage;
        yield event;
      }
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      if (usage) call.succeed(usage);
      else call.fail(failure);
    }
  }

  private subject({ capability }: ChatRequest) {
    const { provider, id } = this.descriptor;
    return { operation: 'chat', capability, provider, model: id } as const;
  }
}

function usageOf({ usage }: { readonly usage: ChatUsage }): ChatUsage {
  return usage;
}
