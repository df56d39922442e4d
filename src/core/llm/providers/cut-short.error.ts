/** A provider's stream ended in good order, but before its answer did. */
export class CutShortError extends Error {
  override readonly name = 'CutShortError';
}
