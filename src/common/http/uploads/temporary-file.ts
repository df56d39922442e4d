/** A file that a client sent, on disk for as long as its request is handled. */
export interface TemporaryFile {
  /** Where it is; a name of our own. */
  readonly path: string;
  /** What the client calls it: a hint about what it is, never a path. */
  readonly name: string;
  /** What the client says it is; it may be anything. */
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
}
