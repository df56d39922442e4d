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
import { providerFailureOf } from './provider-failure.js';
import type { ProviderStates } from './provider-states.js';
import type { UsageMeter } from './usage-meter.js';

/** Notes how each call to the provider ended, and what it used. */
export class ObservedChatModel extends ChatModel {
  constructor(
    private readonly inner: ChatModel,
    private readonly states: ProviderStates,
    private readonly meter: UsageMeter,
  ) {
    super();
  }

  get descriptor(): ChatModelDescriptor {
    return this.inner.descriptor;
  }

  complete(request: ChatRequest): Promise<ChatCompletion> {
    return this.observe(request, () => this.inner.complete(request));
  }

  completeStructured(request: StructuredChatRequest): Promise<StructuredCompletion> {
    return this.observe(request, () => this.inner.completeStructured(request));
  }

  /** A stream that its reader leaves is a call that has failed, at an unknown price. */
  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamEvent, void, undefined> {
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
      if (usage) this.noteSuccess(request, usage);
      else this.noteFailure(request, failure);
    }
  }

  private async observe<T extends { readonly usage: ChatUsage }>(
    request: ChatRequest,
    call: () => Promise<T>,
  ): Promise<T> {
    try {
      const answer = await call();
      this.noteSuccess(request, answer.usage);
      return answer;
    } catch (error) {
      this.noteFailure(request, error);
      throw error;
    }
  }

  private noteSuccess({ capability }: ChatRequest, usage: ChatUsage): void {
    this.states.noteSuccess(this.descriptor.provider);
    this.meter.noteSuccess(this.key(capability), usage);
  }

  private noteFailure({ capability }: ChatRequest, error: unknown): void {
    this.states.noteFailure(this.descriptor.provider, error);
    this.meter.noteFailure(this.key(capability), providerFailureOf(error)?.usage ?? null);
  }

  private key(capability: string) {
    const { provider, id } = this.descriptor;
    return { capability, provider, model: id };
  }
}
