import type { ChatTokens } from '../../chat-cost.js';
import type { FinishReason } from '../../chat-model.js';
import { CutShortError } from '../cut-short.error.js';
import { asCount, asRecord } from '../read-value.js';
import { UnusableAnswerError } from '../unusable-answer.error.js';

/** What an answer of OpenAI says. */
export interface OpenAiAnswer {
  readonly content: string;
  readonly finishReason: FinishReason;
  /** Null where it doesn't say. */
  readonly tokens: ChatTokens | null;
}

/**
 * Reads the body of an answer to `POST /chat/completions`.
 * @throws UnusableAnswerError when it holds none
 */
export function readChat(body: unknown): OpenAiAnswer {
  const { choices, usage } = asRecord(body);
  const [choice] = Array.isArray(choices) ? (choices as readonly unknown[]) : [];
  if (choice === undefined) throw new UnusableAnswerError('It has no choices.');
  const { message, finish_reason: reason } = asRecord(choice);
  const { content, refusal } = asRecord(message);
  const finishReason = isText(refusal) ? 'refusal' : readFinishReason(reason);
  return { content: toText(content) || toText(refusal), finishReason, tokens: readTokens(usage) };
}

/** Puts the chunks of a stream together. */
export class ChatStreamReader {
  private content = '';
  private finishReason: FinishReason | null = null;
  private tokens: ChatTokens | null = null;

  /** @returns the text that a chunk adds */
  read(chunk: unknown): string {
    const { choices, usage } = asRecord(chunk);
    this.tokens = readTokens(usage) ?? this.tokens;
    const [choice] = Array.isArray(choices) ? (choices as readonly unknown[]) : [];
    if (choice === undefined) return '';
    const { delta, finish_reason: reason } = asRecord(choice);
    const { content, refusal } = asRecord(delta);
    if (isText(refusal)) this.finishReason = 'refusal';
    if (typeof reason === 'string') this.finishReason ??= readFinishReason(reason);
    const added = toText(content) || toText(refusal);
    this.content += added;
    return added;
  }

  /** @throws CutShortError when the stream ended before the answer did */
  requireEnd(): void {
    if (this.finishReason === null) throw new CutShortError();
  }

  /** What has been read, once it is all. */
  get answer(): OpenAiAnswer {
    return { content: this.content, finishReason: this.finishReason ?? 'stop', tokens: this.tokens };
  }
}

/** Compatible servers have reasons of their own for an ordinary end, or none. */
function readFinishReason(reason: unknown): FinishReason {
  switch (reason) {
    case 'length':
      return 'length';
    case 'content_filter':
      return 'refusal';
    case 'tool_calls':
    case 'function_call':
      throw new UnusableAnswerError('It calls a tool that it was not given.');
    default:
      return 'stop';
  }
}

function readTokens(usage: unknown): ChatTokens | null {
  const {
    prompt_tokens: prompt,
    completion_tokens: completion,
    prompt_tokens_details: details,
  } = asRecord(usage);
  const promptTokens = asCount(prompt);
  if (promptTokens === null) return null;
  const { cached_tokens: cached, cache_write_tokens: written } = asRecord(details);
  return {
    prompt: promptTokens,
    completion: asCount(completion) ?? 0,
    cached: asCount(cached) ?? 0,
    written: asCount(written) ?? 0,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
