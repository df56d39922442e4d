import type { Admission } from './admission.js';
import { WaitingRoom } from './waiting-room.js';

describe('WaitingRoom', () => {
  let now: number;
  let refused: string[];
  let room: WaitingRoom;

  beforeEach(() => {
    now = 0;
    refused = [];
    room = new WaitingRoom(() => now);
  });

  function wait(name: string): Admission {
    const admission: Admission = { at: now, stage: 'coming' };
    const refuse = () => {
      refused.push(name);
    };
    room.add({ admission, enter: () => undefined, refuse });
    return admission;
  }

  it('lets out the first of them first', () => {
    expect([room.size, room.longestWaitMs, room.next()]).toEqual([0, 0, null]);
    const first = wait('first');
    now += 10;
    const second = wait('second');
    expect([room.size, room.longestWaitMs]).toEqual([2, 10]);
    expect(room.next()?.admission).toBe(first);
    expect([room.size, room.longestWaitMs]).toEqual([1, 0]);
    expect(room.next()?.admission).toBe(second);
    expect(room.next()).toBeNull();
  });

  it('refuses those who have waited for too long', () => {
    wait('first');
    wait('second');
    now += 20;
    wait('third');
    expect(room.refuseOverdue(Infinity)).toBe(0);
    expect(room.refuseOverdue(19)).toBe(2);
    expect(refused).toEqual(['first', 'second']);
    expect(room.size).toBe(1);
  });

  it('forgets those who have gone', () => {
    const gone = wait('gone');
    const second = wait('second');
    gone.stage = 'served';
    now += 100;
    expect(room.next()?.admission).toBe(second);
    expect(room.refuseOverdue(1)).toBe(0);
    expect(refused).toEqual([]);
    expect(room.size).toBe(0);
  });
});
