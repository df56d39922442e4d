import type { ChatTokens } from '../../chat-cost.js';
import type { FinishReason } from '../../chat-model.js';
import { CutShortError } from '../cut-short.error.js';
import { asCount, asRecord } from '../read-value.js';
import { UnusableAnswerError } from '../unusable-answer.error.js';

/** What an answer of Anthropic says. */
export interface AnthropicAnswer {
  readonly content: string;
  readonly finishReason: FinishReason;
  readonly tokens: ChatTokens;
}

/**
 * Reads the body of an answer to `POST /v1/messages`.
 * @throws UnusableAnswerError when it gives no reason for its end, or doesn't say what it used
 */
export function readMessage(body: unknown): AnthropicAnswer {
  const { content: blocks, stop_reason: reason, usage } = asRecord(body);
  const texts = Array.isArray(blocks) ? blocks.map((block: unknown) => textOf(block)) : [];
  return { content: texts.join(''), finishReason: readFinishReason(reason), tokens: readTokens(usage) };
}

/** Puts the events of a stream together. */
export class MessageStreamReader {
  private content = '';
  private finishReason: FinishReason | null = null;
  private hasEnded = false;
  private usage: Readonly<Record<string, unknown>> = {};

  /** @returns the text that an event adds */
  read(event: unknown): string {
    const { type, message, delta, usage } = asRecord(event);
    switch (type) {
      case 'message_start':
        this.usage = asRecord(asRecord(message)['usage']);
        return '';
      case 'content_block_delta': {
        const { type: kind, text } = asRecord(delta);
        const added = kind === 'text_delta' && typeof text === 'string' ? text : '';
        this.content += added;
        return added;
      }
      case 'message_delta': {
        const reported = Object.entries(asRecord(usage)).filter(([, value]) => value !== null);
        this.usage = { ...this.usage, ...Object.fromEntries(reported) };
        this.finishReason = readFinishReason(asRecord(delta)['stop_reason']);
        return '';
      }
      case 'message_stop':
        this.hasEnded = true;
        return '';
      default:
        return '';
    }
  }

  /** @throws CutShortError when the stream ended before the answer did */
  requireEnd(): void {
    if (!this.hasEnded || this.finishReason === null) throw new CutShortError();
  }

  /** What has been read, once it is all. */
  get answer(): AnthropicAnswer {
    return {
      content: this.content,
      finishReason: this.finishReason ?? 'stop',
      tokens: readTokens(this.usage),
    };
  }
}

function readFinishReason(reason: unknown): FinishReason {
  switch (reason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'stop';
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'refusal':
      return 'refusal';
    default:
      throw new UnusableAnswerError('It gives no reason for its end.');
  }
}

/** Null for what is no text, such as the model's thoughts. */
function textOf(block: unknown): string | null {
  const { type, text } = asRecord(block);
  return type === 'text' && typeof text === 'string' ? text : null;
}

function readTokens(usage: unknown): ChatTokens {
  const {
    input_tokens: input,
    output_tokens: output,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: created,
  } = asRecord(usage);
  const [prompt, completion] = [asCount(input), asCount(output)];
  if (prompt === null || completion === null) {
    throw new UnusableAnswerError('It does not say what it used.');
  }
  const [cached, written] = [asCount(read) ?? 0, asCount(created) ?? 0];
  return { prompt: prompt + cached + written, completion, cached, written };
}
