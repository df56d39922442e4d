import type { ChatCompletion, ChatUsage, FinishReason } from '../chat-model.js';
import { DeclinedAnswerError } from './declined-answer.error.js';
import { UnusableAnswerError } from './unusable-answer.error.js';

/**
 * A model that ends of its own accord has something to say.
 * @throws UnusableAnswerError for an answer without text
 */
export function requireText(completion: ChatCompletion): ChatCompletion {
  const { content, finishReason, usage } = completion;
  if (content === '' && finishReason === 'stop') throw new UnusableAnswerError('It is empty.', usage);
  return completion;
}

/**
 * Half an answer is no answer where it has to be of a certain form.
 * @throws UnusableAnswerError for one that was cut off
 * @throws DeclinedAnswerError for a refusal
 */
export function requireWholeAnswer(finishReason: FinishReason, usage: ChatUsage): void {
  switch (finishReason) {
    case 'stop':
      return;
    case 'length':
      throw new UnusableAnswerError('It was cut off at its greatest length.', usage);
    case 'refusal':
      throw new DeclinedAnswerError(usage);
  }
}
