import fc from 'fast-check';
import { CitationFilter } from './citation-filter.js';

function read(pieces: readonly string[], sourceCount = 3) {
  const filter = new CitationFilter(sourceCount);
  const shown = [...pieces.map((piece) => filter.push(piece)), filter.end()];
  return { answer: filter.text, marks: filter.marks, shown };
}

describe('CitationFilter', () => {
  it.each([
    ['Plain text.', 'Plain text.'],
    ['It is so. [1]', 'It is so. [1]'],
    ['It is so [1].', 'It is so [1].'],
    ['It is so [9].', 'It is so.'],
    ['It is so[0]. And so [2].', 'It is so. And so [2].'],
    ['It is so [1, 9; 3].', 'It is so [1][3].'],
    ['It is so [1][7][2].', 'It is so [1][2].'],
    ['It is so [ 2 ].', 'It is so [2].'],
    ['It is so [1-2].', 'It is so [1][2].'],
    ['It is so [2–7].', 'It is so [2][3].'],
    ['It is so [7-900000000].', 'It is so.'],
    ['It is so [-1].', 'It is so [-1].'],
    ['It is so [^2].', 'It is so [2].'],
    ['It is so [2,2].', 'It is so [2].'],
    ['See [the page] and [a1].', 'See [the page] and [a1].'],
    ['Open [1', 'Open [1'],
    ['Open [', 'Open ['],
    ['Open [[1]', 'Open [[1]'],
    ['[1 [2] x', '[1 [2] x'],
    ['  Trimmed. [1]  \n', 'Trimmed. [1]'],
    ['Not here [NO_ANSWER] but there.', 'Not here but there.'],
    ['[NO_ANSWER]', ''],
    ['[NO_ANSWER] Sorry. [1]', ''],
    ['[NO_WAY] it is.', '[NO_WAY] it is.'],
    [`[${'1,'.repeat(60)}1]`, `[${'1,'.repeat(60)}1]`],
    ['[9]', ''],
    ['[99999999999999999999]', '[99999999999999999999]'],
  ])('reads %j as %j', (text, expected) => {
    expect(read([text]).answer).toBe(expected);
  });

  it('says where the marks are in the answer', () => {
    const { answer, marks } = read(['A [9] is so [1, 3]. B. [2]']);
    expect(answer).toBe('A is so [1][3]. B. [2]');
    expect(marks.map(({ sources, start, end }) => [sources, answer.slice(start, end)])).toEqual([
      [[1, 3], '[1][3]'],
      [[2], '[2]'],
    ]);
  });

  it('shows nothing of a bracket that may become a citation', () => {
    expect(read(['It is so [', '9', ']. And', ' so.']).shown).toEqual(['It is so', '', '. And', ' so.', '']);
  });

  it.each([
    [[' [NO_', 'ANSWER]\n'], true],
    [['[NO_ANSWER]', ' Sorry, no passage says so. [1]'], true],
    [['[NO_ANSWER'], true],
    [['['], false],
    [['It is so. ', '[NO_ANSWER]'], false],
    [[''], false],
  ])('knows of %j whether it declines: %j', (pieces, expected) => {
    const filter = new CitationFilter(1);
    for (const piece of pieces) filter.push(piece);
    filter.end();
    expect(filter.isDeclined).toBe(expected);
    if (expected) expect([filter.text, filter.marks]).toEqual(['', []]);
  });

  const anyPiece = fc.oneof(
    fc.string(),
    fc.constantFrom('[', ']', '[1]', ' [9]', '[1,', ' 2]', ' ', '\n', '[NO_', 'ANSWER]', 'word', '[[', '🎉'),
  );

  it('gives the same answer however it is cut, made of what it showed', () => {
    fc.assert(
      fc.property(fc.array(anyPiece, { maxLength: 30 }), (pieces) => {
        const whole = read([pieces.join('')]);
        const cut = read(pieces);
        expect(cut.answer).toBe(whole.answer);
        expect(cut.marks).toEqual(whole.marks);
        expect(cut.shown.join('')).toBe(cut.answer);
      }),
    );
  });

  it('leaves no citation of what does not exist, and keeps every mark in its place', () => {
    fc.assert(
      fc.property(fc.array(anyPiece, { maxLength: 30 }), fc.integer({ min: 0, max: 3 }), (pieces, count) => {
        const { answer, marks } = read(pieces, count);
        for (const { sources, start, end } of marks) {
          expect(answer.slice(start, end)).toBe(sources.map((source) => `[${source}]`).join(''));
          expect(sources.every((source) => source >= 1 && source <= count)).toBe(true);
        }
        // A mark is only missing where brackets are nested, which no model means as a citation.
        const cited = [...answer.matchAll(/(?<!\[)\[(\d{1,9})\](?!\])/gu)].map(([, number]) =>
          Number(number),
        );
        expect(cited.filter((number) => number < 1 || number > count)).toEqual([]);
      }),
    );
  });
});
