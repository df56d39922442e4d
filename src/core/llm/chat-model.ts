/** What is known about a chat model. */
export interface ChatModelDescriptor {
  /** Name that requests use, e.g. `gpt-5-mini`, or `provider/model` for one that is in no catalogue. */
  readonly id: string;
  readonly provider: string;
  /** Tokens of request and answer together. */
  readonly contextTokens: number;
  /** Most tokens of one answer; null where unknown. */
  readonly maxOutputTokens: number | null;
  /** US dollars; null where unknown. */
  readonly pricePerMillionInputTokens: number | null;
  readonly pricePerMillionOutputTokens: number | null;
  /** ISO date on which its provider switches it off; null where none is announced. */
  readonly retiresOn: string | null;
}

export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

export interface ChatRequest {
  /** Who asks, for the usage counters, e.g. `analysis.summarize`. */
  readonly capability: string;
  /** Instructions. Text from users or documents never goes in here. */
  readonly system?: string | undefined;
  /** At least one; the last is the user's. */
  readonly messages: readonly ChatMessage[];
  /** Most tokens of the answer; `DEFAULT_MAX_TOKENS` when absent. */
  readonly maxTokens?: number | undefined;
  /** `DEFAULT_TEMPERATURE` when absent; left out for models that take none. */
  readonly temperature?: number | undefined;
  /** Stops the work, provider calls included. */
  readonly signal?: AbortSignal | undefined;
}

/** A JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface StructuredChatRequest extends ChatRequest {
  readonly schema: {
    /** `[A-Za-z0-9_-]{1,64}`, shown to the model. */
    readonly name: string;
    /** Of an object. */
    readonly json: JsonSchema;
  };
}

/** `length`: cut off at `maxTokens`. `refusal`: the model, or its provider's filter, declined. */
export type FinishReason = 'stop' | 'length' | 'refusal';

export interface ChatUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** US dollars; null where a price is unknown. */
  readonly costUsd: number | null;
}

/** The model that answered, which after a fallback is not the one that was asked. */
interface Answered {
  readonly model: string;
  readonly provider: string;
  readonly usage: ChatUsage;
}

export interface ChatCompletion extends Answered {
  readonly content: string;
  readonly finishReason: FinishReason;
}

export interface StructuredCompletion extends Answered {
  /** Parsed JSON, not yet checked against the schema. */
  readonly data: unknown;
}

export type ChatStreamEvent =
  | { readonly type: 'delta'; readonly content: string }
  /** The last one; its content is that of all deltas together. */
  | { readonly type: 'done'; readonly completion: ChatCompletion };

/**
 * Writes text. Retries, limits, circuit breaking and fallback are models around a model.
 *
 * Every method throws ProviderError, ProviderTimeoutError, RateLimitedError or UnavailableError with a
 * `ProviderFailure` as the cause, or the reason of `signal` once that fires.
 */
export abstract class ChatModel {
  abstract readonly descriptor: ChatModelDescriptor;

  abstract complete(request: ChatRequest): Promise<ChatCompletion>;

  /** Throws before the first event where it can; afterwards from the iterator. Ending the iteration stops the call. */
  abstract stream(request: ChatRequest): AsyncIterable<ChatStreamEvent>;

  /**
   * An answer in the provider's native way of structured output.
   * @throws ProviderError when the answer is no JSON, was cut off or refused
   */
  abstract completeStructured(request: StructuredChatRequest): Promise<StructuredCompletion>;
}
