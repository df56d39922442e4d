import type { Admission } from '../../common/http/shedding/admission.js';
import type { Verdict } from '../../common/http/shedding/load-shedding.js';
import { Congestion, type QueueState } from './congestion.js';

describe('Congestion', () => {
  const MAX_WAIT_MS = 50;
  const QUIET: QueueState = { waiting: 0, atDoor: 0, longestWaitMs: 0 };
  const LONG: QueueState = { waiting: 10, atDoor: 54, longestWaitMs: 51 };
  let now: number;
  let congestion: Congestion;

  beforeEach(() => {
    now = 0;
    congestion = new Congestion(MAX_WAIT_MS, () => now);
  });

  /** Those who are let in of so many who come when somebody was seen to wait for too long. */
  function admittedUnderPressure(count: number): Admission[] {
    congestion.look(LONG, 0);
    return admitted(count, LONG);
  }

  /** Those of so many of whom it says that, by default that they may join. */
  function admitted(count: number, state: Partial<QueueState>, verdict: Verdict = 'enter'): Admission[] {
    return Array.from({ length: count }, (): Admission => ({ at: now, stage: 'coming' })).filter(
      (admission) => congestion.judge({ ...QUIET, ...state }, admission) === verdict,
    );
  }

  it('lets a few of a crowd in at a time, and refuses none of it that can be served', () => {
    expect(admitted(8, QUIET)).toHaveLength(8);
    expect(admitted(492, QUIET, 'wait')).toHaveLength(492);
    expect(congestion.hasRoom(QUIET)).toBe(false);
    now += 51;
    expect(congestion.hasRoom({ waiting: 7 })).toBe(true);
    expect(congestion.hasRoom({ waiting: 8 })).toBe(false);
    expect(admitted(500, { waiting: 8, atDoor: 480, longestWaitMs: 50 }, 'wait')).toHaveLength(500);
    now += 100;
    expect(admitted(1, { waiting: 8, atDoor: 55, longestWaitMs: 5000 }, 'wait')).toHaveLength(1);
    expect(congestion.patienceMs).toBe(Infinity);
  });

  it('refuses nobody who comes before somebody was seen to wait for too long, as right after a pause', () => {
    expect(admitted(36, LONG, 'wait')).toHaveLength(36);
    congestion.look(LONG, 40);
    expect(admitted(1, { ...LONG, longestWaitMs: 50 }, 'wait')).toHaveLength(1);
    expect(admitted(1, LONG, 'refuse')).toHaveLength(1);
  });

  it('lets nobody in before those at the door', () => {
    expect(admitted(1, { atDoor: 1 }, 'wait')).toHaveLength(1);
    expect(admitted(1, { atDoor: 0 })).toHaveLength(1);
  });

  it('lets only few in once somebody has waited too long, until nobody was refused for a while', () => {
    expect(admittedUnderPressure(10)).toHaveLength(0);
    now += 900;
    expect(admitted(500, QUIET)).toHaveLength(9);
    now += 30;
    expect(admitted(500, QUIET)).toHaveLength(0);
    now += 51;
    expect(admitted(500, { waiting: 5, longestWaitMs: 10 })).toHaveLength(5);
    expect(admitted(1, { waiting: 15, atDoor: 5 }, 'refuse')).toHaveLength(1);
    now += 1001;
    expect(admitted(8, QUIET)).toHaveLength(8);
    expect(admitted(1, QUIET, 'wait')).toHaveLength(1);
  });

  it('counts those as coming who have not joined yet, and have not ended', () => {
    admittedUnderPressure(1);
    const [joins, ends, ...others] = admitted(500, QUIET);
    expect(others).toHaveLength(6);
    if (joins) joins.stage = 'waiting';
    if (ends) ends.stage = 'served';
    expect(admitted(500, { waiting: 1, longestWaitMs: 0 })).toHaveLength(1);
  });

  it('lets fewer in while those who are in wait too long, and more again once they do not', () => {
    admittedUnderPressure(1);
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

  it('lets the event loop catch up under pressure, but somebody in now and then', () => {
    congestion.look(QUIET, 100);
    expect(admitted(8, QUIET)).toHaveLength(8);
    now += 51;
    admittedUnderPressure(1);
    congestion.look(QUIET, 2.1);
    expect(admitted(500, QUIET)).toHaveLength(1);
    now += 50;
    expect(admitted(500, QUIET)).toHaveLength(0);
    now += 1;
    expect(admitted(500, { waiting: 1 })).toHaveLength(0);
    expect(admitted(500, QUIET)).toHaveLength(1);
    congestion.look(QUIET, 2);
    expect(admitted(500, QUIET)).toHaveLength(8);
  });

  it('limits how long anybody may wait once many were refused, not for a few who come last', () => {
    admittedUnderPressure(63);
    expect(congestion.patienceMs).toBe(Infinity);
    admittedUnderPressure(1);
    expect(congestion.patienceMs).toBe(20);
    now += 1001;
    expect(congestion.patienceMs).toBe(Infinity);
    admittedUnderPressure(63);
    expect(congestion.patienceMs).toBe(Infinity);
  });

  it('stays under pressure while requests are refused for another reason, and does not begin by that', () => {
    congestion.noteRefusal();
    expect(congestion.isPressed).toBe(false);
    admittedUnderPressure(1);
    now += 900;
    congestion.noteRefusal();
    now += 900;
    expect(congestion.isPressed).toBe(true);
  });
});
