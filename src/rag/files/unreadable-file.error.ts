/** A file is of a format that is taken, but can't be read. The message goes on after the field's name. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}
