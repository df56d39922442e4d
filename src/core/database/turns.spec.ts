import { Deferred } from '../../common/async/deferred.js';
import { type Admission, withAdmission } from '../../common/http/shedding/admission.js';
import { OverloadedError } from '../../common/http/shedding/overloaded.error.js';
import { Turns } from './turns.js';

describe('Turns', () => {
  let now: number;
  let patience: { patienceMs: number; refused: number; noteRefusal(): void };
  let turns: Turns;
  /** One for each that waits, to be given what it waits for. */
  let pool: Deferred<string>[];
  let givenBack: number;

  beforeEach(() => {
    now = 0;
    pool = [];
    givenBack = 0;
    patience = {
      patienceMs: Infinity,
      refused: 0,
      noteRefusal() {
        this.refused += 1;
      },
    };
    turns = new Turns(() => now);
    turns.limitBy(patience);
  });

  function wait(): Promise<string> {
    const place = new Deferred<string>();
    pool.push(place);
    return turns.wait({
      take: () => place.promise,
      giveBack: () => {
        givenBack += 1;
        return Promise.resolve();
      },
    });
  }

  /** Waits on behalf of a request. */
  function request(admission: Admission = { at: now, stage: 'coming' }) {
    let turn!: Promise<string>;
    withAdmission(admission, () => {
      turn = wait();
    });
    turn.catch(() => undefined);
    return { admission, turn };
  }

  it('tells how many wait, and for how long the first does', async () => {
    const { turn } = request();
    now += 10;
    void wait();
    expect([turns.waiting, turns.longestWaitMs]).toEqual([2, 10]);
    pool[0]?.resolve('connection');
    expect(await turn).toBe('connection');
    expect([turns.waiting, turns.longestWaitMs]).toEqual([1, 0]);
  });

  it('refuses requests that have waited for too long, and gives back what they get later', async () => {
    const early = request();
    now += 20;
    const late = request();
    patience.patienceMs = 25;
    now += 10;
    turns.refuseOverdue();
    await expect(early.turn).rejects.toBeInstanceOf(OverloadedError);
    expect([patience.refused, turns.waiting]).toEqual([1, 1]);
    for (const place of pool) place.resolve('connection');
    expect(await late.turn).toBe('connection');
    expect(givenBack).toBe(1);
  });

  it('refuses all that waits for the same request at once, and counts it once', async () => {
    patience.patienceMs = 25;
    const { admission, turn } = request();
    now += 20;
    const other = request(admission);
    now += 6;
    turns.refuseOverdue();
    await expect(turn).rejects.toBeInstanceOf(OverloadedError);
    await expect(other.turn).rejects.toBeInstanceOf(OverloadedError);
    expect([patience.refused, turns.waiting]).toEqual([1, 0]);
  });

  it('refuses at once what a refused request asks for once more', async () => {
    patience.patienceMs = 25;
    const { admission, turn } = request();
    now += 26;
    turns.refuseOverdue();
    await expect(turn).rejects.toBeInstanceOf(OverloadedError);
    await expect(request(admission).turn).rejects.toBeInstanceOf(OverloadedError);
    expect([patience.refused, turns.waiting]).toEqual([1, 0]);
  });

  it.each([
    { joinedAfter: 0, refusedAfter: 26 },
    { joinedAfter: 40, refusedAfter: 51 },
    { joinedAfter: 51, refusedAfter: 77 },
  ])(
    'refuses who joins $joinedAfter ms after he was let in when $refusedAfter ms have passed since',
    async ({ joinedAfter, refusedAfter }) => {
      patience.patienceMs = 25;
      now = joinedAfter;
      const { turn } = request({ at: 0, stage: 'coming' });
      now = refusedAfter - 1;
      turns.refuseOverdue();
      expect(turns.waiting).toBe(1);
      now = refusedAfter;
      turns.refuseOverdue();
      await expect(turn).rejects.toBeInstanceOf(OverloadedError);
    },
  );

  it('refuses whose turn comes too late, as after a pause in which nobody looked', async () => {
    patience.patienceMs = 25;
    const { turn } = request();
    now += 26;
    pool[0]?.resolve('connection');
    await expect(turn).rejects.toBeInstanceOf(OverloadedError);
    expect([givenBack, patience.refused]).toEqual([1, 1]);
  });

  it('refuses nobody for whom something was done already, and nothing that no request waits for', async () => {
    patience.patienceMs = 25;
    const { admission, turn } = request();
    pool[0]?.resolve('connection');
    await turn;
    const again = request(admission);
    const own = wait();
    now += 1000;
    turns.refuseOverdue();
    for (const place of pool) place.resolve('connection');
    expect(await Promise.all([again.turn, own])).toEqual(['connection', 'connection']);
    expect(givenBack).toBe(0);
  });

  it('refuses nobody who comes long after he was let in', async () => {
    patience.patienceMs = 25;
    now = 1001;
    const { turn } = request({ at: 0, stage: 'coming' });
    now += 100;
    turns.refuseOverdue();
    pool[0]?.resolve('connection');
    expect(await turn).toBe('connection');
  });

  it('lets a request begin when the first of its questions gets its turn', async () => {
    patience.patienceMs = 25;
    const { admission, turn } = request();
    const other = request(admission);
    pool[0]?.resolve('connection');
    await turn;
    now += 100;
    turns.refuseOverdue();
    pool[1]?.resolve('connection');
    expect(await other.turn).toBe('connection');
  });

  it('passes on why there is nothing to be had', async () => {
    const { turn } = request();
    pool[0]?.reject(new Error('away'));
    await expect(turn).rejects.toThrow('away');
    expect(turns.waiting).toBe(0);
  });
});
