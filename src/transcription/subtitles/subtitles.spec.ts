import fc from 'fast-check';
import { toCues } from './cues.js';
import { toSrt, toVtt } from './subtitles.js';

const SEGMENTS = [
  { start: 0.5, end: 2, text: 'Good  morning.\n\nAll.' },
  { start: 3723.0009, end: 3724, text: 'a --> b <i> & c' },
];

describe('subtitles', () => {
  it('are SubRip', () => {
    expect(toSrt(SEGMENTS)).toBe(
      '1\n00:00:00,500 --> 00:00:02,000\nGood morning. All.\n\n' +
        '2\n01:02:03,001 --> 01:02:04,000\na → b <i> & c\n\n',
    );
    expect(toSrt([])).toBe('');
  });

  it('are WebVTT', () => {
    expect(toVtt(SEGMENTS)).toBe(
      'WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nGood morning. All.\n\n' +
        '01:02:03.001 --> 01:02:04.000\na → b &lt;i&gt; &amp; c\n\n',
    );
    expect(toVtt([])).toBe('WEBVTT\n\n');
  });

  it('share out long segments without losing a word, or leaving their time', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/u);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0.1, max: 300, noNaN: true }),
        (words, seconds) => {
          const cues = toCues([{ start: 10, end: 10 + seconds, text: words.join(' ') }]);
          expect(cues.map(({ text }) => text).join(' ')).toBe(words.join(' '));
          expect(cues[0]!.start).toBe(10);
          expect(cues.at(-1)!.end).toBeCloseTo(10 + seconds, 6);
          for (const [index, cue] of cues.entries()) {
            expect(cue.start).toBe(cues[index - 1]?.end ?? 10);
            expect(cue.end).toBeGreaterThan(cue.start);
            expect(cue.text.length).toBeLessThanOrEqual(100);
          }
        },
      ),
    );
  });
});
