import type { ChatUsage } from './chat-model.js';
import { UnusableAnswerError } from './providers/unusable-answer.error.js';

const FENCE = '```';

/**
 * The JSON of an answer, which some models put into a fence.
 * @throws UnusableAnswerError when it is none
 */
export function parseJsonAnswer(text: string, usage: ChatUsage): unknown {
  try {
    return JSON.parse(withoutFence(text.trim()));
  } catch {
    throw new UnusableAnswerError('It is no JSON.', usage);
  }
}

function withoutFence(text: string): string {
  const end = text.length - FENCE.length;
  const firstLineEnd = text.indexOf('\n');
  const isFenced = text.startsWith(FENCE) && text.endsWith(FENCE) && firstLineEnd > 0 && firstLineEnd < end;
  return isFenced ? text.slice(firstLineEnd, end) : text;
}
