import type { Semaphore } from '../../../common/async/semaphore.js';
import type { ChatModel, ChatRequest, ChatStreamEvent } from '../chat-model.js';
import { ChatModelWrapper } from './chat-model-wrapper.js';

/** Calls the inner model only while its provider has room for another call. A stream takes its room until its end. */
export class LimitedChatModel extends ChatModelWrapper {
  constructor(
    inner: ChatModel,
    private readonly limit: Semaphore,
  ) {
    super(inner);
  }

  override async *stream(request: ChatRequest): AsyncGenerator<ChatStreamEvent, void, undefined> {
    const leave = await this.limit.enter(request.signal);
    try {
      yield* this.inner.stream(request);
    } finally {
      leave();
    }
  }

  protected around<T>({ signal }: ChatRequest, call: () => Promise<T>): Promise<T> {
    return this.limit.run(call, signal);
  }
}
