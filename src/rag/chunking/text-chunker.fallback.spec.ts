import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { TextChunker } from './text-chunker.js';

// No input makes the real library lose text, so that a broken one has to stand in for it.
jest.unstable_mockModule('@langchain/textsplitters', () => ({
  RecursiveCharacterTextSplitter: class {
    splitText(text: string): Promise<string[]> {
      return Promise.resolve([text.slice(0, 3)]);
    }
  },
}));

describe('TextChunker with a library that loses text', () => {
  it('loses none, and says so', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const text = 'One two three. Four 😀😀 five six.\n\nSeven-eight-nine-ten-eleven';
    const chunks = await new TextChunker().chunk(text, { chunkSize: 12, chunkOverlap: 0 });
    expect(chunks.map((chunk) => chunk.text)).toEqual([
      'One two',
      'three. Four',
      '😀😀 five',
      'six.',
      'Seven-eight-',
      'nine-ten-ele',
      'ven',
    ]);
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});
