import { BREAK } from './break-strength.js';
import { breakBetweenWords, breaksWithin, endsSentence } from './sentence-breaks.js';

describe('endsSentence', () => {
  it.each([
    'done.',
    'what?',
    'no!"',
    'said.)',
    '**bold.**',
    'wait…',
    '学校。',
    'है।',
    'لماذا؟',
    'ነው።',
    `${'x'.repeat(500)}.`,
  ])('holds for %s', (word) => {
    expect(endsSentence(word)).toBe(true);
  });

  it.each(['done', 'done,', '3.5', '.', '!', 'a.b'])('does not hold for %s', (word) => {
    expect(endsSentence(word)).toBe(false);
  });
});

describe('breakBetweenWords', () => {
  it.each([
    ['done.', 'Next', BREAK.sentence],
    ['done."', '“Next', BREAK.sentence],
    ['1999.', 'The', BREAK.sentence],
    ['Yes!', 'he', BREAK.sentence],
    ['etc.', 'and', BREAK.clause],
    ['e.g.', 'Paris', BREAK.clause],
    ['first,', 'second', BREAK.clause],
    ['first;', 'second', BREAK.clause],
    ['J.', 'Smith', BREAK.word],
    ['Dr.', 'Smith', BREAK.word],
    ['plain', 'word', BREAK.word],
    ['.', '.', BREAK.word],
  ])('between "%s" and "%s"', (word, next, strength) => {
    expect(breakBetweenWords(word, next)).toBe(strength);
  });
});

describe('breaksWithin', () => {
  it('finds sentences and clauses that no white space parts, with what closes after them', () => {
    expect([...breaksWithin('我去，「他来。」你呢？好')]).toEqual([
      { offset: 3, strength: BREAK.clause },
      { offset: 8, strength: BREAK.sentence },
      { offset: 11, strength: BREAK.sentence },
    ]);
  });

  it('leaves the end of the word to the white space after it', () => {
    expect([...breaksWithin('你好。')]).toEqual([]);
  });

  it('knows nothing of punctuation that wants white space', () => {
    expect([...breaksWithin('example.com/a,b!c?d')]).toEqual([]);
  });
});
