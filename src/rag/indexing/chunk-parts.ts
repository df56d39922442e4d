import type { ChunkMetadata } from '../../core/vector-store/chunk-metadata.js';
import type { ChunkOptions } from '../chunking/chunk-options.js';
import type { TextChunk, TextChunker } from '../chunking/text-chunker.js';
import type { TextPart } from './source-document.js';

/** A chunk, and where in its file it is. */
export interface ChunkOfPart extends TextChunk {
  readonly metadata: ChunkMetadata;
}

/**
 * Cuts a text so that no chunk is on two pages, slides or sheets. Parts of one page that are under different headings
 * may share a chunk, which then is under those of the longest.
 */
export async function chunkParts(
  chunker: TextChunker,
  text: string,
  parts: readonly TextPart[] | undefined,
  options: ChunkOptions,
): Promise<ChunkOfPart[]> {
  if (parts === undefined) {
    return (await chunker.chunk(text, options)).map((chunk) => ({ ...chunk, metadata: {} }));
  }
  const chunks: ChunkOfPart[] = [];
  for (const group of groupByPlace(parts)) {
    const start = group[0]?.start ?? 0;
    const end = group.at(-1)?.end ?? start;
    for (const chunk of await chunker.chunk(text.slice(start, end), options)) {
      const place = { start: start + chunk.start, end: start + chunk.end };
      chunks.push({ ...chunk, ...place, index: chunks.length, metadata: longestWithin(group, place) });
    }
  }
  return chunks;
}

function groupByPlace(parts: readonly TextPart[]): TextPart[][] {
  const groups: TextPart[][] = [];
  for (const part of parts) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group !== undefined && before !== undefined && isSamePlace(before, part)) group.push(part);
    else groups.push([part]);
  }
  return groups;
}

function isSamePlace({ metadata: one }: TextPart, { metadata: other }: TextPart): boolean {
  return one.page === other.page && one.slide === other.slide && one.sheet === other.sheet;
}

function longestWithin(parts: readonly TextPart[], place: { start: number; end: number }): ChunkMetadata {
  let longest = -1;
  let metadata: ChunkMetadata = {};
  for (let index = firstBehind(parts, place.start); index < parts.length; index += 1) {
    const part = parts[index];
    if (part === undefined || part.start >= place.end) break;
    const length = Math.min(part.end, place.end) - Math.max(part.start, place.start);
    if (length > longest) {
      longest = length;
      metadata = part.metadata;
    }
  }
  return metadata;
}

/** Position of the first part that ends behind an offset. */
function firstBehind(parts: readonly TextPart[], offset: number): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.end ?? Infinity) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
