import { TextChunker } from './text-chunker.js';

const chunker = new TextChunker();

async function chunkTexts(text: string, chunkSize: number, chunkOverlap = 0): Promise<string[]> {
  const chunks = await chunker.chunk(text, { chunkSize, chunkOverlap });
  return chunks.map((chunk) => chunk.text);
}

describe('TextChunker', () => {
  describe('bounds', () => {
    it.each(['', ' ', '\r\n\t\u3000', '\n'.repeat(5000)])('gives no chunk for white space', async (text) => {
      expect(await chunkTexts(text, 10, 3)).toEqual([]);
    });

    it('refuses options out of bounds', async () => {
      await expect(chunker.chunk('text', { chunkSize: 10, chunkOverlap: 10 })).rejects.toThrow(RangeError);
      await expect(chunker.chunk('text', { chunkSize: 0, chunkOverlap: 0 })).rejects.toThrow(RangeError);
    });

    it('keeps surrogate pairs whole, whatever the size', async () => {
      expect(await chunkTexts('😀😁', 1)).toEqual(['😀', '😁']);
      expect(await chunkTexts('a😀😁b', 2)).toEqual(['a', '😀', '😁', 'b']);
      expect(await chunkTexts('😀😁😂', 5)).toEqual(['😀😁', '😂']);
    });
  });

  describe('prose', () => {
    it('cuts between paragraphs first', async () => {
      const text = 'One is here. Two is here.\n\nThree is here. Four is.\r\n\r\nFive.';
      expect(await chunkTexts(text, 30)).toEqual([
        'One is here. Two is here.',
        'Three is here. Four is.',
        'Five.',
      ]);
    });

    it('keeps punctuation with the sentence it ends', async () => {
      expect(await chunkTexts('He asked "Why?" She left! The end.', 16)).toEqual([
        'He asked "Why?"',
        'She left!',
        'The end.',
      ]);
    });

    it('does not take a line break in a sentence for its end', async () => {
      expect(await chunkTexts('This is a long\nline. And here is\nanother one.', 26)).toEqual([
        'This is a long\nline.',
        'And here is\nanother one.',
      ]);
    });

    it('cuts a sentence that is too long at its clauses, and those at words', async () => {
      expect(await chunkTexts('When the rain came, all of us ran home.', 20)).toEqual([
        'When the rain came,',
        'all of us ran home.',
      ]);
      expect(await chunkTexts('alpha beta gamma delta', 11)).toEqual(['alpha beta', 'gamma delta']);
    });

    it('cuts a word only if it is too long by itself', async () => {
      expect(await chunkTexts('an incomprehensibilities x', 8)).toEqual([
        'an',
        'incompre',
        'hensibil',
        'ities x',
      ]);
    });

    it('knows sentences that no white space parts', async () => {
      expect(await chunkTexts('今天天气很好。我们去公园玩！你呢？', 10)).toEqual([
        '今天天气很好。',
        '我们去公园玩！你呢？',
      ]);
    });
  });

  describe('Markdown', () => {
    it('keeps a heading with the text after it', async () => {
      const text =
        'Some introduction text.\n\n# First\n\nShort text.\n\n## Second\nMore of it here. And yet more.';
      expect(await chunkTexts(text, 36)).toEqual([
        'Some introduction text.',
        '# First\n\nShort text.',
        '## Second\nMore of it here.',
        'And yet more.',
      ]);
    });

    it('cuts at the greater headings first', async () => {
      const text = '# A\n\n## A1\n\naaaa\n\n## A2\n\naaaa\n\n# B\n\n## B1\n\nbbbb';
      expect(await chunkTexts(text, 34)).toEqual([
        '# A\n\n## A1\n\naaaa\n\n## A2\n\naaaa',
        '# B\n\n## B1\n\nbbbb',
      ]);
    });

    it('keeps fenced code whole while it fits, comments and blank lines in it included', async () => {
      const code = '```sh\n# not a heading\nrun. Now\n\nstop\n```';
      const text = `Run this long script here.\n${code}\nThen something else follows.`;
      expect(await chunkTexts(text, code.length)).toEqual([
        'Run this long script here.',
        code,
        'Then something else follows.',
      ]);
    });

    it('cuts fenced code that is too long at blank lines, then at lines', async () => {
      expect(await chunkTexts('```\nfirst. One\nsecond\n\nthird, three\nfourth\n```', 24)).toEqual([
        '```\nfirst. One\nsecond',
        'third, three\nfourth\n```',
      ]);
      expect(await chunkTexts('~~~\nfirst. One\n```\nthird, three\n~~~', 19)).toEqual([
        '~~~\nfirst. One\n```',
        'third, three\n~~~',
      ]);
    });

    it('does not take code within a line for a block', async () => {
      expect(await chunkTexts('```inline``` it is.\n\n# Next\n\nText of it.', 22)).toEqual([
        '```inline``` it is.',
        '# Next\n\nText of it.',
      ]);
      expect(await chunkTexts('``` in line ``` it is. It ends. And so on.', 32)).toEqual([
        '``` in line ``` it is. It ends.',
        'And so on.',
      ]);
    });

    it('cuts lists and tables between their rows', async () => {
      expect(await chunkTexts('- one is. Here\n- two\n  lines\n- three', 22)).toEqual([
        '- one is. Here',
        '- two\n  lines\n- three',
      ]);
      expect(await chunkTexts('| a | b |\n|---|---|\n| 1. Is | 2 |\n| 3 | 4 |', 26)).toEqual([
        '| a | b |\n|---|---|',
        '| 1. Is | 2 |\n| 3 | 4 |',
      ]);
    });

    it('does not part the number of an item from its text', async () => {
      expect(await chunkTexts('1. First thing\n2. Second thing', 15)).toEqual([
        '1. First thing',
        '2. Second thing',
      ]);
    });

    it('cuts at a rule', async () => {
      expect(await chunkTexts('Above it. More.\n\nStill.\n\n---\n\nBelow. It ends.', 32)).toEqual([
        'Above it. More.\n\nStill.',
        '---\n\nBelow. It ends.',
      ]);
    });
  });

  describe('overlap', () => {
    it('begins with a whole sentence', async () => {
      expect(await chunkTexts('One two. Three four. Five six. Seven.', 32, 12)).toEqual([
        'One two. Three four.',
        'Three four. Five six. Seven.',
      ]);
    });

    it('begins with a whole word where no sentence fits', async () => {
      expect(await chunkTexts('one two three four five six seven', 20, 8)).toEqual([
        'one two three four',
        'four five six',
        'six seven',
      ]);
    });

    it('is exact within a word', async () => {
      expect(await chunkTexts('abcdefghijklmnop', 8, 3)).toEqual(['abcde', 'cdefghij', 'hijklmno', 'mnop']);
    });
  });
});
