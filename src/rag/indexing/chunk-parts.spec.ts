import fc from 'fast-check';
import { TextChunker } from '../chunking/text-chunker.js';
import { chunkParts } from './chunk-parts.js';
import type { TextPart } from './source-document.js';

const chunker = new TextChunker();
const OPTIONS = { chunkSize: 40, chunkOverlap: 8 };

/** A text of these parts, two line breaks between them. */
function compose(contents: readonly (readonly [string, TextPart['metadata']])[]) {
  let text = '';
  const parts = contents.map(([content, metadata], index): TextPart => {
    if (index > 0) text += '\n\n';
    const start = text.length;
    text += content;
    return { start, end: text.length, metadata };
  });
  return { text, parts };
}

describe('chunkParts', () => {
  it('keeps pages apart, and headings together where they fit', async () => {
    const { text, parts } = compose([
      ['One.', { page: 1, headings: ['A'] }],
      ['Two, which is longer.', { page: 1, headings: ['A', 'B'] }],
      ['Three.', { page: 2, headings: ['A', 'B'] }],
    ]);
    const chunks = await chunkParts(chunker, text, parts, OPTIONS);
    expect(chunks).toEqual([
      {
        index: 0,
        text: 'One.\n\nTwo, which is longer.',
        start: 0,
        end: 27,
        metadata: { page: 1, headings: ['A', 'B'] },
      },
      { index: 1, text: 'Three.', start: 29, end: 35, metadata: { page: 2, headings: ['A', 'B'] } },
    ]);
  });

  it('cuts a text without parts as one', async () => {
    const [chunk] = await chunkParts(chunker, 'Text.', undefined, OPTIONS);
    expect(chunk).toEqual({ index: 0, text: 'Text.', start: 0, end: 5, metadata: {} });
  });

  it('loses nothing, and says of each chunk where it is', async () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/u);
    const content = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(' '));
    const sections = fc.array(fc.tuple(content, fc.nat({ max: 2 })), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(sections, async (drawn) => {
        let page = 1;
        const { text, parts } = compose(
          drawn.map(([part, step], index) => {
            page += step;
            return [part, { page, headings: [String(index)] }];
          }),
        );
        const chunks = await chunkParts(chunker, text, parts, OPTIONS);
        expect(chunks.map(({ index }) => index)).toEqual(chunks.map((_, index) => index));
        const covered = new Set<number>();
        for (const chunk of chunks) {
          expect(text.slice(chunk.start, chunk.end)).toBe(chunk.text);
          const touched = parts.filter(({ start, end }) => start < chunk.end && end > chunk.start);
          expect(touched.every(({ metadata }) => metadata.page === chunk.metadata.page)).toBe(true);
          expect(touched.map(({ metadata }) => metadata)).toContainEqual(chunk.metadata);
          for (let offset = chunk.start; offset < chunk.end; offset += 1) covered.add(offset);
        }
        const lost = [...text].filter((character, offset) => character.trim() !== '' && !covered.has(offset));
        expect(lost).toEqual([]);
      }),
    );
  });
});
