import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { maximumChunkCount, type ChunkOptions } from './chunk-options.js';
import { TextChunker, type TextChunk } from './text-chunker.js';
import { allowForBusyMachine } from '../../../test/support/busy-machine.js';

allowForBusyMachine();

const chunker = new TextChunker();

const gaps = [' ', '   ', '\t', '\n', '\n\n', '\r\n', '\r', '\f', '\u2028', '\u3000', '\ufeff'];
const sentences = 'I. |A sentence. |Really?! |word |. |**'.split('|');
const blocks =
  '# |\n## Title\n|\n###### x\n\n|```|\n```\n|\n```js\n|\n~~~\n|\n\n---\n\n|\n- item|\n1. one|\n> quoted'.split(
    '|',
  );
const tables = ['\n| a | b |', '\n|---|---|'];
const characters = 'a _ ~ 。 ！ ， 漢字 「引用。」 ไทย नमस्ते। e\u0301 \u0301 😀 👩‍👩‍👧‍👦 🇩🇪 \ud83d \ude00'.split(
  ' ',
);
const fragments = fc.oneof(
  fc.constantFrom(...gaps, ...sentences, ...blocks, ...tables, ...characters),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.integer({ min: 1, max: 1500 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 1, max: 300 }).map((length) => '😀'.repeat(length)),
  fc.integer({ min: 1, max: 1500 }).map((length) => ' '.repeat(length)),
);
const texts = fc
  .array(fragments, { maxLength: 60, size: 'max' })
  .map((parts) => parts.join(''))
  .filter((text) => text.length < 10_000);

const options: fc.Arbitrary<ChunkOptions> = fc
  .oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2000 }))
  .chain((chunkSize) =>
    fc
      .oneof(fc.constant(0), fc.constant(chunkSize - 1), fc.nat({ max: chunkSize - 1 }))
      .map((chunkOverlap) => ({ chunkSize, chunkOverlap })),
  );

function expectSoundChunks(
  text: string,
  { chunkSize, chunkOverlap }: ChunkOptions,
  chunks: TextChunk[],
): void {
  const problems: string[] = [];
  let previous: TextChunk | null = null;
  let covered = 0;
  for (const [index, chunk] of chunks.entries()) {
    const check = (holds: boolean, what: string) => holds || problems.push(`${what}, in chunk ${index}`);
    check(chunk.index === index, 'index');
    check(chunk.text === text.slice(chunk.start, chunk.end), 'text is the slice');
    check(chunk.text !== '' && chunk.text === chunk.text.trim(), 'trimmed');
    check(chunk.text.length <= chunkSize || (chunkSize === 1 && isPair(chunk.text)), 'size');
    check(!isWithinPair(text, chunk.start), 'pair torn at its start');
    check(!isWithinPair(text, chunk.end), 'pair torn at its end');
    check(text.slice(covered, chunk.start).trim() === '', 'text left out before it');
    check(previous === null || chunk.start > previous.start, 'starts ascend');
    check(previous === null || chunk.end > previous.end, 'ends ascend');
    check(chunk.start >= covered - chunkOverlap, 'overlap');
    covered = chunk.end;
    previous = chunk;
  }
  if (text.slice(covered).trim() !== '') problems.push('text left out at the end');
  if (chunks.length > maximumChunkCount(text.length, { chunkSize, chunkOverlap })) problems.push('too many');
  expect(problems).toEqual([]);
}

function isPair(text: string): boolean {
  return text.length === 2 && isWithinPair(text, 1);
}

function isWithinPair(text: string, offset: number): boolean {
  return (text.codePointAt(offset - 1) ?? 0) > 0xffff;
}

async function chunkTexts(text: string, chunkSize: number, chunkOverlap = 0): Promise<string[]> {
  const chunks = await chunker.chunk(text, { chunkSize, chunkOverlap });
  expectSoundChunks(text, { chunkSize, chunkOverlap }, chunks);
  return chunks.map((chunk) => chunk.text);
}

describe('TextChunker, whatever the text', () => {
  const warn = jest.spyOn(Logger.prototype, 'warn');

  // The library losing text is made good in production; here it is to be seen.
  afterEach(() => {
    expect(warn).not.toHaveBeenCalled();
  });

  describe('for any text and options', () => {
    it('keeps its promises', async () => {
      await fc.assert(
        fc.asyncProperty(texts, options, async (text, anyOptions) => {
          expectSoundChunks(text, anyOptions, await chunker.chunk(text, anyOptions));
        }),
        { numRuns: 500 },
      );
    });

    it('makes no two chunks where one would do', async () => {
      await fc.assert(
        fc.asyncProperty(texts, fc.integer({ min: 1, max: 2000 }), async (text, chunkSize) => {
          const chunks = await chunker.chunk(text, { chunkSize, chunkOverlap: 0 });
          const pairLengths = chunks.slice(1).map(({ end }, index) => end - chunks[index]!.start);
          expect(pairLengths.filter((pairLength) => pairLength <= chunkSize)).toEqual([]);
        }),
      );
    });

    it('does not cut what fits', async () => {
      await fc.assert(
        fc.asyncProperty(texts, async (text) => {
          const content = text.trim();
          const chunkSize = Math.max(1, content.length);
          expect(await chunkTexts(text, chunkSize)).toEqual(content === '' ? [] : [content]);
        }),
      );
    });

    it('cuts no sentence that fits', async () => {
      const wholeSentences = fc.array(fc.stringMatching(/^[A-Z][a-z]{1,8}( [a-z]{2,8}){0,8}[.!?]$/), {
        minLength: 1,
      });
      const oneOfGaps = fc.constantFrom(' ', '  ', '\n', '\r\n');
      await fc.assert(
        fc.asyncProperty(wholeSentences, oneOfGaps, fc.nat({ max: 200 }), async (parts, gap, extra) => {
          const chunkSize = Math.max(...parts.map((part) => part.length)) + extra;
          const chunks = await chunkTexts(parts.join(gap), chunkSize);
          expect(chunks.flatMap((chunk) => chunk.split(/(?<=[.!?])\s+/))).toEqual(parts);
        }),
      );
    });
  });

  describe('long texts', () => {
    const length = 500_000;
    const prose =
      'It was late, and the wind howled. Nobody knew what would come!\nThe second line goes on.\n\n';

    it.each([
      ['one letter', 'a'],
      ['new lines', '\n'],
      ['headings', '\n# a'],
      ['single letters', 'a '],
      ['fences', '\n```js'],
      ['emoji', '😀'],
      ['sentences without white space', '我们今天去学校。他说，好！'],
      ['prose', prose],
    ])('are cut soundly: %s', async (_, unit) => {
      const text = unit.repeat(Math.ceil(length / unit.length));
      for (const longOptions of [
        { chunkSize: 1000, chunkOverlap: 200 },
        { chunkSize: 20_000, chunkOverlap: 19_000 },
      ]) {
        expectSoundChunks(text, longOptions, await chunker.chunk(text, longOptions));
      }
    });

    it('are cut at the same places as short ones', async () => {
      const paragraph = prose.trim();
      const text = Array.from({ length: 2000 }, () => paragraph).join('\n\n');
      expect(new Set(await chunkTexts(text, paragraph.length))).toEqual(new Set([paragraph]));
    });
  });

  describe('turns of the event loop', () => {
    /** How many turns others get while the work is done. */
    async function countTurns(work: () => Promise<unknown>): Promise<number> {
      let turns = 0;
      let immediate = setImmediate(function count() {
        turns += 1;
        immediate = setImmediate(count);
      });
      await work();
      clearImmediate(immediate);
      return turns;
    }

    const usualOptions = { chunkSize: 1000, chunkOverlap: 200 };

    it('are left to others within a long text', async () => {
      const turns = await countTurns(() => chunker.chunk('A word. '.repeat(62_500), usualOptions));
      expect(turns).toBeGreaterThanOrEqual(15);
    });

    it('are left to others between short texts', async () => {
      const until = performance.now() + 100;
      const turns = await countTurns(async () => {
        while (performance.now() < until) await chunker.chunk('A short text.', usualOptions);
      });
      // Nominally 20, and fewer where the machine stands still meanwhile.
      expect(turns).toBeGreaterThanOrEqual(3);
    });
  });
});
