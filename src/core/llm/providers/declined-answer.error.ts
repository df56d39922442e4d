import type { ChatUsage } from '../chat-model.js';

/** The model, or its provider's filter, declined to give an answer that has to be of a certain form. */
export class DeclinedAnswerError extends Error {
  override readonly name = 'DeclinedAnswerError';

  constructor(readonly usage: ChatUsage | null) {
    super('The model declined to answer.');
  }
}
