/** A file is no audio that can be used. The message says why, to follow "the file", and holds nothing of it. */
export class UnusableMediaError extends Error {
  override readonly name = 'UnusableMediaError';
}
