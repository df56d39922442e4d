import fc from 'fast-check';
import { textSegments } from './text-segments.js';

const LONGEST = 2048;

describe('textSegments', () => {
  it('lose nothing and are never too long', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.lorem()), { maxLength: 8 }),
        fc.nat({ max: 300 }),
        (parts, repeats) => {
          const text = parts.join(' ').repeat(repeats);
          const segments = [...textSegments(text)];

          expect(segments.join('')).toBe(text);
          expect(Math.max(...segments.map((segment) => segment.length))).toBeLessThanOrEqual(LONGEST);
        },
      ),
    );
  });

  it('cut between words', () => {
    const segments = [...textSegments('word '.repeat(2000))];

    expect(segments.length).toBeGreaterThan(1);
    for (const segment of segments.slice(1)) expect(segment).toMatch(/^ word/u);
  });

  it('cut no character in two', () => {
    const segments = [...textSegments(`x${'😀'.repeat(3000)}`)];

    expect(segments.length).toBeGreaterThan(1);
    for (const segment of segments) expect(segment.isWellFormed()).toBe(true);
  });
});
