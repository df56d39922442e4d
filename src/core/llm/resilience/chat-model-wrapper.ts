import { openStream } from '../../../common/async/open-stream.js';
import {
  type ChatCompletion,
  ChatModel,
  type ChatModelDescriptor,
  type ChatRequest,
  type ChatStreamEvent,
  type StructuredChatRequest,
  type StructuredCompletion,
} from '../chat-model.js';

/** A model around a model. What it does, it does around each call; of a stream, that is until its first event. */
export abstract class ChatModelWrapper extends ChatModel {
  constructor(protected readonly inner: ChatModel) {
    super();
  }

  get descriptor(): ChatModelDescriptor {
    return this.inner.descriptor;
  }

  complete(request: ChatRequest): Promise<ChatCompletion> {
    return this.around(request, () => this.inner.complete(request));
  }

  completeStructured(request: StructuredChatRequest): Promise<StructuredCompletion> {
    return this.around(request, () => this.inner.completeStructured(request));
  }

  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamEvent, void, undefined> {
    yield* await this.around(request, () => openStream(this.inner.stream(request)));
  }

  /** @param call may be made any number of times */
  protected abstract around<T>(request: ChatRequest, call: () => Promise<T>): Promise<T>;
}
