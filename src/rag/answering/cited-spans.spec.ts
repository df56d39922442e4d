import { CitationFilter } from './citation-filter.js';
import { citedSpans } from './cited-spans.js';

function spansOf(text: string): [number, string][] {
  const filter = new CitationFilter(5);
  filter.push(text);
  filter.end();
  return citedSpans(filter.text, filter.marks).map(({ source, start, end }) => [
    source,
    filter.text.slice(start, end),
  ]);
}

describe('citedSpans', () => {
  it.each([
    ['It is so. [1]', [[1, 'It is so.']]],
    ['It is so [1].', [[1, 'It is so']]],
    ['First. Second [2]. Third.', [[2, 'Second']]],
    [
      'One is so [1] and two is not [2].',
      [
        [1, 'One is so'],
        [2, 'and two is not'],
      ],
    ],
    [
      'Both [1][3].',
      [
        [1, 'Both'],
        [3, 'Both'],
      ],
    ],
    [
      'A. [1] B. [2]',
      [
        [1, 'A.'],
        [2, 'B.'],
      ],
    ],
    [
      'A [1]. B [2].',
      [
        [1, 'A'],
        [2, 'B'],
      ],
    ],
    [
      'Intro:\n- One [1]\n- Two [2]',
      [
        [1, 'One'],
        [2, 'Two'],
      ],
    ],
    ['Twice [1] [1].', [[1, 'Twice']]],
    ['[1] It leads.', []],
    ['No citation.', []],
  ])('of %j are %j', (text, expected) => {
    expect(spansOf(text)).toEqual(expected);
  });
});
