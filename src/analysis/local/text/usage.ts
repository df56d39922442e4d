import type { ChatUsage } from '../../../core/llm/chat-model.js';
import { countWords } from '../../../core/llm/tokens/words.js';

/** As with the local embedding model, tokens are words, and cost nothing. */
export function localUsage(text: string): ChatUsage {
  return { promptTokens: countWords(text), completionTokens: 0, costUsd: 0 };
}
