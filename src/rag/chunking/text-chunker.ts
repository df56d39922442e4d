import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { TimeSlice } from '../../common/async/time-slice.js';
import { assertChunkOptions, newTextPerChunk, type ChunkOptions } from './chunk-options.js';
import { markBreaks } from './mark-breaks.js';
import { cutOutline, splitOutline, splitterSettings, type RecursiveSplitter } from './outline-splitter.js';
import { extendSpans } from './overlap.js';
import { findSegmentEnd, SEGMENT_LENGTH } from './segments.js';
import { joinRepeatedSpans, joinSmallSpans, trimmedSpans } from './spans.js';
import { TextOutline } from './text-outline.js';

/** A part of a text: `text === original.slice(start, end)`, with no white space at its ends. */
export interface TextChunk {
  /** Its place among the chunks of the text, from 0 on. */
  readonly index: number;
  readonly text: string;
  /** UTF-16 offset into the original text. */
  readonly start: number;
  /** UTF-16 offset into the original text, exclusive. */
  readonly end: number;
}

/** Cuts texts into chunks for embedding: at headings, paragraphs, sentences, words, in this order of preference. */
@Injectable()
export class TextChunker {
  /** Of all who have short texts cut. */
  private readonly slice = new TimeSlice();
  private readonly logger = new Logger(TextChunker.name);

  /**
   * Cuts a text into chunks of at most `chunkSize` UTF-16 units (two for a surrogate pair, if `chunkSize` is 1). All
   * but white space is in at least one chunk; starts and ends ascend. The time is linear in the length of the text,
   * and the event loop gets a turn for every text that has to be cut, for every 50,000 units of it, and after some
   * milliseconds of texts that fit into a chunk; so cut many texts one after another, not all at once.
   * @throws RangeError where the options are out of bounds
   */
  async chunk(text: string, options: ChunkOptions): Promise<TextChunk[]> {
    assertChunkOptions(options);
    const pieceSize = newTextPerChunk(options);
    const trimmed = text.trim();
    if (trimmed.length <= pieceSize) {
      if (this.slice.isOver) await this.slice.breathe();
      return wholeText(text, trimmed);
    }
    const outline = await drawOutline(text, pieceSize);
    const pieces = trimmedSpans(text, await this.findBoundaries(outline, pieceSize));
    const joined = joinRepeatedSpans(joinSmallSpans(pieces, outline, pieceSize), options);
    const spans = extendSpans(joined, outline, options);
    return spans.map(({ start, end }, index) => ({ index, text: text.slice(start, end), start, end }));
  }

  private async findBoundaries(outline: TextOutline, pieceSize: number): Promise<number[]> {
    const splitter = await createSplitter(pieceSize);
    const boundaries: number[] = [];
    for (let start = 0; start < outline.length; start = boundaries.at(-1) ?? outline.length) {
      await nextTurn();
      const segment = outline.spell(start, findSegmentEnd(outline, start));
      const ends = (await splitOutline(splitter, segment)) ?? this.cutWithoutLibrary(segment, pieceSize);
      for (const end of ends) boundaries.push(start + end);
    }
    return boundaries;
  }

  private cutWithoutLibrary(segment: string, pieceSize: number): number[] {
    this.logger.warn(
      'The splitting library lost or changed text; the text was cut at word boundaries instead.',
    );
    return cutOutline(segment, pieceSize);
  }
}

/** No text has places better than its ends for a chunk that it fits into. */
function wholeText(text: string, trimmed: string): TextChunk[] {
  if (trimmed === '') return [];
  const start = text.length - text.trimStart().length;
  return [{ index: 0, text: trimmed, start, end: start + trimmed.length }];
}

async function drawOutline(text: string, pieceSize: number): Promise<TextOutline> {
  const outline = new TextOutline(text);
  let lastTurn = 0;
  for (const offset of markBreaks(outline)) {
    if (offset - lastTurn < SEGMENT_LENGTH) continue;
    lastTurn = offset;
    await nextTurn();
  }
  outline.markHardBreaks(pieceSize);
  return outline;
}

/** Loads the library on first use: importing it takes some 0.4 s, which the start of the service is spared. */
async function createSplitter(pieceSize: number): Promise<RecursiveSplitter> {
  const { RecursiveCharacterTextSplitter } = await import('@langchain/textsplitters');
  return new RecursiveCharacterTextSplitter(splitterSettings(pieceSize));
}
