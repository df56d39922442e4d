import type { ChatUsage } from '../chat-model.js';

/** A provider's answer arrived whole but can't be used. The message says why, without any of its content. */
export class UnusableAnswerError extends Error {
  override readonly name = 'UnusableAnswerError';

  constructor(
    message: string,
    /** What the call used all the same; null where that is not known. */
    readonly usage: ChatUsage | null = null,
  ) {
    super(message);
  }
}
