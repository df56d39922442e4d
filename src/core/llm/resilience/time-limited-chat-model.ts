import { TimeLimit } from '../../../common/async/time-limit.js';
import type { ChatProvider } from '../chat-catalog.js';
import {
  type ChatCompletion,
  ChatModel,
  type ChatModelDescriptor,
  type ChatRequest,
  type ChatStreamEvent,
  type StructuredChatRequest,
  type StructuredCompletion,
} from '../chat-model.js';
import { ProviderFailure } from '../provider-failure.js';
import { toAppError } from '../providers/provider-errors.js';

/** Ends an answer that takes too long in all: waiting for its turn, retries, fallbacks and the whole stream included. */
export class TimeLimitedChatModel extends ChatModel {
  constructor(
    private readonly inner: ChatModel,
    private readonly milliseconds: number,
  ) {
    super();
  }

  get descriptor(): ChatModelDescriptor {
    return this.inner.descriptor;
  }

  complete(request: ChatRequest): Promise<ChatCompletion> {
    return this.within(request, (signal) => this.inner.complete({ ...request, signal }));
  }

  completeStructured(request: StructuredChatRequest): Promise<StructuredCompletion> {
    return this.within(request, (signal) => this.inner.completeStructured({ ...request, signal }));
  }

  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamEvent, void, undefined> {
    const limit = new TimeLimit(this.milliseconds, request.signal);
    try {
      yield* this.inner.stream({ ...request, signal: limit.signal });
    } catch (error) {
      throw this.translate(error, limit);
    } finally {
      limit.clear();
    }
  }

  private async within<T>({ signal }: ChatRequest, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const limit = new TimeLimit(this.milliseconds, signal);
    try {
      return await call(limit.signal);
    } catch (error) {
      throw this.translate(error, limit);
    } finally {
      limit.clear();
    }
  }

  private translate(error: unknown, { isExceeded }: TimeLimit): unknown {
    if (!isExceeded) return error;
    const provider = this.descriptor.provider as ChatProvider;
    return toAppError(
      new ProviderFailure('timeout', { provider, cause: error }),
      'No language model answered within LLM_TOTAL_TIMEOUT_MS; try again later, or ask for less at once.',
    );
  }
}
