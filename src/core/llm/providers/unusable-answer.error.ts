/** A provider's answer arrived whole but can't be used. The message says why, without any of its content. */
export class UnusableAnswerError extends Error {
  override readonly name = 'UnusableAnswerError';
}
