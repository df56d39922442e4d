/** What a file may cost to read, whatever it claims about itself. */
export const READING_LIMITS = {
  /** Characters of text in one file. */
  characters: 5_000_000,
  pages: 10_000,
  /** Entries in the outline of a PDF. */
  outlineEntries: 5000,
  /** Rows of a table that are read, and cells in each. */
  rows: 200_000,
  columns: 1000,
  /** Files in an archive. */
  archiveEntries: 10_000,
  /** Bytes of all files in an archive, uncompressed. */
  archiveBytes: 512 * 1024 * 1024,
  /** The same as a multiple of the archive's own size, once it is more than a few megabytes. */
  archiveRatio: 200,
  xmlDepth: 512,
} as const;
