/** A request names a model that does not exist. Callers know which field it came from and say so to the client. */
export class UnknownModelError extends Error {
  override readonly name = 'UnknownModelError';

  constructor(
    /** Ids that would do. */
    readonly knownIds: readonly string[],
  ) {
    super(`must be one of ${knownIds.join(', ')}`);
  }
}
