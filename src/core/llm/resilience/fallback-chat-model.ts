import { Logger } from '@nestjs/common';
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
import { ProviderFailure, providerFailureOf, type ProviderFailureKind } from '../provider-failure.js';
import { toAppError } from '../providers/provider-errors.js';

/**
 * Whether another model is asked after a failure. Not after those that the request itself is to blame for, or that
 * an operator has to hear of: another model would only hide them.
 */
const FALLS_BACK = {
  'input-refused': false,
  refused: false,
  'unknown-model': false,
  nonsense: false,
  credentials: true,
  quota: true,
  'rate-limit': true,
  outage: true,
  unreachable: true,
  interrupted: true,
  timeout: true,
  suspended: true,
  crowded: true,
} as const satisfies Record<ProviderFailureKind, boolean>;

/** Asks other models, in their order, while the first can not answer; in a stream, only before its first event. */
export class FallbackChatModel extends ChatModel {
  private readonly logger = new Logger(FallbackChatModel.name);

  constructor(
    private readonly first: ChatModel,
    private readonly others: readonly ChatModel[],
  ) {
    super();
  }

  get descriptor(): ChatModelDescriptor {
    return this.first.descriptor;
  }

  complete(request: ChatRequest): Promise<ChatCompletion> {
    return this.firstToAnswer(request, (model) => model.complete(request));
  }

  completeStructured(request: StructuredChatRequest): Promise<StructuredCompletion> {
    return this.firstToAnswer(request, (model) => model.completeStructured(request));
  }

  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamEvent, void, undefined> {
    yield* await this.firstToAnswer(request, (model) => openStream(model.stream(request)));
  }

  private async firstToAnswer<T>({ signal }: ChatRequest, ask: (model: ChatModel) => Promise<T>): Promise<T> {
    const errors: unknown[] = [];
    for (const model of [this.first, ...this.others]) {
      try {
        return await ask(model);
      } catch (error) {
        if (signal?.aborted) throw error;
        errors.push(error);
        if (!fallsBack(error)) break;
        this.logger.warn(`${model.descriptor.id} can not answer: ${providerFailureOf(error)?.message ?? ''}`);
      }
    }
    throw togetherAs(errors);
  }
}

function fallsBack(error: unknown): boolean {
  const failure = providerFailureOf(error);
  return failure !== null && FALLS_BACK[failure.kind];
}

/** The first error stands for all of them; each is kept as a cause. */
function togetherAs(errors: readonly unknown[]): unknown {
  const [first] = errors;
  const failure = providerFailureOf(first);
  if (errors.length === 1 || failure === null || !(first instanceof Error)) return first;
  const { kind, provider, status, retryAfterMs, usage } = failure;
  const cause = new AggregateError(errors, 'No model could answer.');
  return toAppError(
    new ProviderFailure(kind, { provider, status, retryAfterMs, usage, cause }),
    `${first.message} No fallback model could answer either.`,
  );
}
