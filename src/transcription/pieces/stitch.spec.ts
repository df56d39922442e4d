import type { Transcription } from '../../core/llm/transcription-model.js';
import { joinTexts, withoutCommonWords } from './join-texts.js';
import type { Piece } from './plan-pieces.js';
import { stitch } from './stitch.js';

const RATE = 16_000;
const piece = (start: number, end: number, overlap = 0): Piece => ({
  start: start * RATE,
  end: end * RATE,
  overlap: overlap * RATE,
});
const heard = (text: string, more: Partial<Transcription> = {}): Transcription => ({
  text,
  language: null,
  segments: null,
  words: null,
  promptTokens: 0,
  completionTokens: 0,
  billedSeconds: null,
  ...more,
});

describe('stitch', () => {
  it('makes nothing of nothing', () => {
    expect(stitch([])).toEqual({ text: '', language: null, segments: [], words: [] });
  });

  it('makes a segment of each piece without times', () => {
    const whole = stitch([
      { piece: piece(0, 10), transcription: heard('One.') },
      { piece: piece(20, 25), transcription: heard('') },
      { piece: piece(30, 40.5), transcription: heard('Two.', { segments: [] }) },
    ]);
    expect(whole).toMatchObject({
      text: 'One. Two.',
      segments: [
        { start: 0, end: 10, text: 'One.' },
        { start: 30, end: 40.5, text: 'Two.' },
      ],
      words: null,
    });
  });

  it('moves times to where the piece is, and ends them with it', () => {
    const segments = [
      { start: 0.1234, end: 2, text: 'One.' },
      { start: 3, end: 30, text: 'Two.' },
    ];
    const whole = stitch([
      { piece: piece(100, 110), transcription: heard('One. Two.', { segments, words: segments }) },
    ]);
    const expected = [
      { start: 100.123, end: 102, text: 'One.' },
      { start: 103, end: 110, text: 'Two.' },
    ];
    expect(whole).toMatchObject({ segments: expected, words: expected });
  });

  it('keeps what two pieces heard once', () => {
    const whole = stitch([
      {
        piece: piece(0, 10),
        transcription: heard('We go to the sea.', {
          segments: [
            { start: 0, end: 8.5, text: 'We go to' },
            { start: 8.6, end: 10, text: 'the sea.' },
          ],
        }),
      },
      {
        piece: piece(8, 20, 2),
        transcription: heard('The sea is blue.', {
          segments: [
            { start: 0.6, end: 2.1, text: 'The sea' },
            { start: 2.2, end: 4, text: 'is blue.' },
          ],
        }),
      },
    ]);
    expect(whole.text).toBe('We go to the sea. is blue.');
    expect(whole.segments.map(({ text }) => text)).toEqual(['We go to', 'The sea', 'is blue.']);
  });

  it('has the language of most of the recording', () => {
    const whole = stitch([
      { piece: piece(0, 10), transcription: heard('a', { language: 'en' }) },
      { piece: piece(10, 25), transcription: heard('b', { language: 'de' }) },
      { piece: piece(25, 100), transcription: heard('c') },
      { piece: piece(100, 109), transcription: heard('d', { language: 'en' }) },
    ]);
    expect(whole.language).toBe('en');
  });
});

describe('joinTexts', () => {
  it.each([
    ['', 'b', 'b'],
    ['a', '', 'a'],
    ['One.', 'Two.', 'One. Two.'],
    ['こんにちは', '世界', 'こんにちは世界'],
  ])('makes of %j and %j %j', (before, after, whole) => {
    expect(joinTexts(before, after)).toBe(whole);
  });
});

describe('withoutCommonWords', () => {
  it.each([
    ['a b c', 'B, C d', 'd'],
    ['a b c', 'd e', 'd e'],
    ['a b', 'a b', ''],
    ['', 'a', 'a'],
  ])('takes the end of %j from the beginning of %j', (before, after, rest) => {
    expect(withoutCommonWords(before, after)).toBe(rest);
  });
});
