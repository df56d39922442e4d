import type { Budgets, ModelUse } from '../limits/budgets.js';
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

/** Fewer than nearly all texts have for a token, so that more is reserved than is used. */
const CHARACTERS_PER_TOKEN = 3;
const MILLION = 1_000_000;
const NOTHING: ModelUse = { tokens: 0, costUsd: 0 };

export interface ChatBudgetOptions {
  readonly budgets: Budgets;
  /** Most tokens of an answer whose request doesn't say. */
  readonly defaultMaxTokens: number;
}

/** Calls the inner model as long as its caller's budget lasts. */
export class BudgetedChatModel extends ChatModel {
  constructor(
    private readonly inner: ChatModel,
    private readonly options: ChatBudgetOptions,
  ) {
    super();
  }

  get descriptor(): ChatModelDescriptor {
    return this.inner.descriptor;
  }

  complete(request: ChatRequest): Promise<ChatCompletion> {
    return this.within(request, () => this.inner.complete(request));
  }

  completeStructured(request: StructuredChatRequest): Promise<StructuredCompletion> {
    return this.within(request, () => this.inner.completeStructured(request));
  }

  /** What a stream used that its reader has left is not known, so that what was reserved for it counts. */
  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamEvent, void, undefined> {
    const reservation = await this.options.budgets.reserve(this.estimate(request));
    try {
      for await (const event of this.inner.stream(request)) {
        if (event.type === 'done') await reservation.settle(toUse(event.completion.usage));
        yield event;
      }
    } catch (error) {
      await reservation.settle(useOfFailure(error));
      throw error;
    }
  }

  private async within<T extends { readonly usage: ChatUsage }>(
    request: ChatRequest,
    call: () => Promise<T>,
  ): Promise<T> {
    const reservation = await this.options.budgets.reserve(this.estimate(request));
    try {
      const answer = await call();
      await reservation.settle(toUse(answer.usage));
      return answer;
    } catch (error) {
      await reservation.settle(useOfFailure(error));
      throw error;
    }
  }

  private estimate({ system = '', messages, maxTokens }: ChatRequest): ModelUse {
    const characters = messages.reduce((sum, { content }) => sum + content.length, system.length);
    const prompt = characters / CHARACTERS_PER_TOKEN;
    const answer = maxTokens ?? this.options.defaultMaxTokens;
    const { pricePerMillionInputTokens: input, pricePerMillionOutputTokens: output } = this.descriptor;
    const isPriced = input !== null && output !== null;
    return {
      tokens: prompt + answer,
      costUsd: isPriced ? (prompt * input + answer * output) / MILLION : null,
    };
  }
}

function toUse({ promptTokens, completionTokens, costUsd }: ChatUsage): ModelUse {
  return { tokens: promptTokens + completionTokens, costUsd };
}

function useOfFailure(error: unknown): ModelUse {
  const usage = providerFailureOf(error)?.usage ?? null;
  return usage === null ? NOTHING : toUse(usage);
}
