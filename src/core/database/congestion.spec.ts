import type { Admission } from '../../common/http/shedding/admission.js';
import { Congestion, type QueueState } from './congestion.js';

describe('Congestion', () => {
  const MAX_WAIT_MS = 50;
  const QUIET: QueueState = { waiting: 0, longestWaitMs: 0 };
  const LONG: QueueState = { waiting: 64, longestWaitMs: 51 };
  let now: number;
  let congestion: Congestion;

  beforeEach(() => {
    now = 0;
    congestion = new Congestion(MAX_WAIT_MS, () => now);
  });

  /** Those of so many who may join. */
  function admitted(count: number, state: QueueState): Admission[] {
    return Array.from({ length: count }, (): Admission => ({ at: now, stage: 'coming' })).filter(
      (admission) => congestion.admits(state, admission),
    );
  }

  it('lets a crowd in, and as many as can be served', () => {
    expect(admitted(500, QUIET)).toHaveLength(500);
    now += 100;
    expect(admitted(500, { waiting: 400, longestWaitMs: 50 })).toHaveLength(500);
    now += 100;
    expect(admitted(1, { waiting: 63, longestWaitMs: 5000 })).toHaveLength(1);
    expect(congestion.patienceMs).toBe(Infinity);
  });

  it('lets only few in once somebody has waited too long, until nobody was refused for a while', () => {
    expect(admitted(10, LONG)).toHaveLength(0);
    now += 900;
    expect(admitted(500, QUIET)).toHaveLength(20);
    now += 30;
    expect(admitted(500, QUIET)).toHaveLength(0);
    now += 51;
    expect(admitted(500, { waiting: 15, longestWaitMs: 10 })).toHaveLength(5);
    now += 1001;
    expect(admitted(500, QUIET)).toHaveLength(500);
  });

  it('counts those as coming who have not joined yet, and have not ended', () => {
    admitted(1, LONG);
    const [joins, ends, ...others] = admitted(500, QUIET);
    expect(others).toHaveLength(18);
    if (joins) joins.stage = 'waiting';
    if (ends) ends.stage = 'served';
    expect(admitted(500, { waiting: 1, longestWaitMs: 0 })).toHaveLength(1);
  });

  it('lets fewer in while those who are in wait too long, and more again once they do not', () => {
    admitted(1, LONG);
    for (let round = 0; round < 20; round += 1) {
      now += 50;
      admitted(1, { waiting: 20, longestWaitMs: 7 });
    }
    now += 51;
    expect(admitted(500, { waiting: 0, longestWaitMs: 7 })).toHaveLength(2);
    for (let round = 0; round < 20; round += 1) {
      now += 50;
      admitted(1, { waiting: 20, longestWaitMs: 6 });
    }
    now += 51;
    expect(admitted(500, QUIET)).toHaveLength(20);
  });

  it('limits how long anybody may wait once a crowd was refused, not for a few who come last', () => {
    admitted(63, LONG);
    expect(congestion.patienceMs).toBe(Infinity);
    admitted(1, LONG);
    expect(congestion.patienceMs).toBe(20);
    now += 1001;
    expect(congestion.patienceMs).toBe(Infinity);
    admitted(63, LONG);
    expect(congestion.patienceMs).toBe(Infinity);
  });

  it('stays under pressure while requests are refused for another reason, and does not begin by that', () => {
    congestion.noteRefusal();
    expect(congestion.isPressed).toBe(false);
    admitted(1, LONG);
    now += 900;
    congestion.noteRefusal();
    now += 900;
    expect(congestion.isPressed).toBe(true);
  });
});
