import { Congestion, type QueueState } from './congestion.js';

describe('Congestion', () => {
  let now = 0;
  const QUIET: QueueState = { waiting: 0, longestWaitMs: 0 };
  const LONG: QueueState = { waiting: 64, longestWaitMs: 51 };

  function admitted(congestion: Congestion, count: number, state: QueueState): number {
    return Array.from({ length: count }, () => congestion.admits(state)).filter(Boolean).length;
  }

  it('lets a crowd in, and as many as can be served', () => {
    const congestion = new Congestion(50, () => now);
    expect(admitted(congestion, 500, QUIET)).toBe(500);
    now += 100;
    expect(admitted(congestion, 500, { waiting: 400, longestWaitMs: 50 })).toBe(500);
    now += 100;
    expect(admitted(congestion, 1, { waiting: 63, longestWaitMs: 5000 })).toBe(1);
  });

  it('lets only few in once somebody has waited too long, until nobody was refused for a while', () => {
    const congestion = new Congestion(50, () => now);
    expect(admitted(congestion, 10, LONG)).toBe(0);
    now += 900;
    expect(admitted(congestion, 500, QUIET)).toBe(20);
    now += 30;
    expect(admitted(congestion, 500, QUIET)).toBe(0);
    now += 30;
    expect(admitted(congestion, 500, { waiting: 15, longestWaitMs: 10 })).toBe(5);
    now += 1001;
    expect(admitted(congestion, 500, QUIET)).toBe(500);
  });
});
