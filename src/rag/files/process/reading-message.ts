import type { FileText } from '../file-text.js';

/** What the reading process is asked. */
export interface ReadingRequest {
  readonly path: string;
  /** What the file's sender calls it. */
  readonly name: string;
}

/** What the reading process says: that it is there, and then one of the others. */
export type ReadingMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly text: FileText }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'unsupported'; readonly found: string | null }
  /** A reader broke down over the file. */
  | { readonly kind: 'failed'; readonly errorName: string };
