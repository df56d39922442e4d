import { MAX_SWITCHES, pauseAfter } from './switch-pauses.js';

describe('the pauses between switches', () => {
  it('begin when it looks as if somebody writes all the time', () => {
    expect([1, 20, 21, 40].map(pauseAfter)).toEqual([0, 0, 50, 1000]);
  });

  it('are short, and outlast somebody who indexes much', () => {
    const pauses = Array.from({ length: MAX_SWITCHES }, (_, index) => pauseAfter(index + 1));
    expect(Math.max(...pauses)).toBe(5000);
    const minutes = pauses.reduce((total, pause) => total + pause, 0) / 60_000;
    expect(minutes).toBeGreaterThan(20);
    expect(minutes).toBeLessThan(40);
  });
});
