import fc from 'fast-check';
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import { BREAK, NO_BREAK } from './break-strength.js';
import { cutOutline, splitOutline, splitterSettings } from './outline-splitter.js';

const letters = [...Object.values(BREAK), NO_BREAK].map((code) => String.fromCharCode(code));
const outlines = fc.string({ unit: fc.constantFrom(...letters), maxLength: 400 });

/** Sizes of the pieces that end at the given offsets. */
function pieceLengths(ends: readonly number[]): number[] {
  return ends.map((end, index) => end - (ends[index - 1] ?? 0));
}

describe('splitOutline', () => {
  it('loses nothing, whatever the outline and the size', async () => {
    await fc.assert(
      fc.asyncProperty(outlines, fc.integer({ min: 1, max: 60 }), async (outline, size) => {
        const ends = await splitOutline(new RecursiveCharacterTextSplitter(splitterSettings(size)), outline);
        expect(ends).not.toBeNull();
        expect(ends?.at(-1) ?? 0).toBe(outline.length);
        for (const end of ends!.slice(0, -1)) expect(outline.charCodeAt(end)).not.toBe(NO_BREAK);
      }),
      { numRuns: 500 },
    );
  });

  it('prefers the better break', async () => {
    const splitter = new RecursiveCharacterTextSplitter(splitterSettings(6));
    expect(await splitOutline(splitter, 'H__P__J__P__')).toEqual([6, 12]);
    expect(await splitOutline(splitter, 'J__P__P__J__')).toEqual([6, 9, 12]);
  });

  it.each([
    ['loses text', (text: string) => [text.slice(1)]],
    ['gives nothing', () => []],
    ['changes text', (text: string) => [text.replace('P', 'O')]],
    ['repeats text', (text: string) => [text, text]],
  ])('tells if the library %s', async (_, split) => {
    const ends = await splitOutline({ splitText: (text) => Promise.resolve(split(text)) }, 'P__P__');
    expect(ends).toBeNull();
  });
});

describe('cutOutline', () => {
  it('cuts at the last mark within the size', () => {
    expect(cutOutline('P__P_P___P__', 6)).toEqual([5, 9, 12]);
    expect(cutOutline('P__', 6)).toEqual([3]);
  });

  it('makes no piece longer than its size while the marks allow it, and loses nothing', () => {
    const dense = fc.string({ unit: fc.constantFrom('P__', 'J_', 'Q'), maxLength: 300 });
    fc.assert(
      fc.property(dense, fc.integer({ min: 3, max: 50 }), (outline, size) => {
        const ends = cutOutline(outline, size);
        expect(ends.at(-1)).toBe(outline.length);
        expect(Math.max(...pieceLengths(ends))).toBeLessThanOrEqual(size);
        if (outline !== '') expect(Math.min(...pieceLengths(ends))).toBeGreaterThan(0);
      }),
    );
  });
});
