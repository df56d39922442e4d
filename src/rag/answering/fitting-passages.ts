import { ValidationError } from '../../common/errors/validation.error.js';
import type { ChatModelDescriptor } from '../../core/llm/chat-model.js';
import { ContextRoom } from '../../core/llm/tokens/context-room.js';
import type { TokenCounter } from '../../core/llm/tokens/token-counter.js';
import type { SearchHit } from '../../core/vector-store/vector-store.js';
import type { Question } from './answerer.js';
import { passageText, systemMessage } from './grounded-request.js';

/** Tokens of the marker lines around a passage. */
const FENCE_TOKENS = 60;

/**
 * The best passages that the model's context has room for.
 * @throws ValidationError when it has not even room for one
 */
export async function fittingPassages(
  question: Question,
  descriptor: ChatModelDescriptor,
): Promise<readonly SearchHit[]> {
  const { text, passages, maxTokens, signal } = question;
  const room = new ContextRoom(descriptor);
  const left = await room.beside([systemMessage(question), text], maxTokens, signal);
  const fitting = await countFitting(passages.map(passageText), left, room.counter, signal);
  if (fitting === 0 && passages.length > 0) {
    throw ValidationError.at(
      ['query'],
      `leaves, with system_prompt and max_tokens, no room for passages in the context of ${descriptor.id}`,
      'string_too_long',
    );
  }
  return passages.slice(0, fitting);
}

/** How many of the texts, from the first on, so many tokens have room for, marker lines included. */
export async function countFitting(
  texts: readonly string[],
  tokens: number,
  counter: TokenCounter,
  signal: AbortSignal,
): Promise<number> {
  let left = tokens;
  const counts = await counter.countMany(texts, signal);
  const first = counts.findIndex((count) => (left -= count + FENCE_TOKENS) < 0);
  return first === -1 ? texts.length : first;
}
