import { jest } from '@jest/globals';
import { EventLoopLag } from './event-loop-lag.js';

const LIMIT_MS = 50;

describe('EventLoopLag', () => {
  let now: number;
  let lag: EventLoopLag;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['performance'] });
    now = 0;
    lag = new EventLoopLag(() => now);
    lag.start();
  });

  afterEach(() => {
    lag.stop();
    jest.useRealTimers();
  });

  /** Lets the timer fire after so much time. */
  function turn(milliseconds: number): void {
    now += milliseconds;
    jest.advanceTimersToNextTimer();
  }

  it('is nothing while the event loop turns in time', () => {
    for (let index = 0; index < 100; index += 1) turn(10);
    expect(lag.isLate(LIMIT_MS)).toBe(false);
  });

  it('does not count a pause that stands alone', () => {
    turn(10);
    turn(200);
    now += 60;
    expect(lag.isLate(LIMIT_MS)).toBe(false);
  });

  it('counts once it is late again and again, and late in this moment', () => {
    for (let index = 0; index < 10; index += 1) turn(100);
    expect(lag.isLate(LIMIT_MS)).toBe(false);
    now += 60;
    expect(lag.isLate(LIMIT_MS)).toBe(true);
  });

  it('is over a tenth of a second after the last long turn', () => {
    for (let index = 0; index < 10; index += 1) turn(100);
    for (let index = 0; index < 10; index += 1) turn(10);
    now += 60;
    expect(lag.isLate(LIMIT_MS)).toBe(false);
  });
});
