import type { ChatModel, ChatRequest, ChatStreamEvent } from '../chat-model.js';
import { ChatModelWrapper } from './chat-model-wrapper.js';
import type { CircuitBreaker } from './circuit-breaker.js';

/** Leaves a provider alone while its circuit breaker is open. */
export class BreakingChatModel extends ChatModelWrapper {
  constructor(
    inner: ChatModel,
    private readonly breaker: CircuitBreaker,
  ) {
    super(inner);
  }

  override async *stream(request: ChatRequest): AsyncGenerator<ChatStreamEvent, void, undefined> {
    const attempt = this.breaker.begin();
    try {
      for await (const event of this.inner.stream(request)) {
        attempt.answer();
        yield event;
      }
      attempt.succeed();
    } catch (error) {
      attempt.fail(error);
      throw error;
    } finally {
      attempt.end();
    }
  }

  protected around<T>(_request: ChatRequest, call: () => Promise<T>): Promise<T> {
    return this.breaker.run(call);
  }
}
