/** A request names a model that does not exist. Callers know which field it came from and say so to the client. */
export class UnknownModelError extends Error {
  override readonly name = 'UnknownModelError';

  constructor(
    /** Ids that would do. */
    readonly knownIds: readonly string[],
    /** The settings that more models wait for; null where there is none. */
    readonly missing: string | null = null,
  ) {
    const more = missing === null ? [] : [`a language model, which needs ${missing}`];
    const known = knownIds.length === 0 ? [] : [`one of ${knownIds.join(', ')}`];
    super(`must be ${[...known, ...more].join(', or ')}`);
  }
}
