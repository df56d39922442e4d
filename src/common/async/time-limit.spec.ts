import { once } from 'node:events';
import { TimeLimit } from './time-limit.js';

const HOUR = 3_600_000;

describe('TimeLimit', () => {
  it('fires after its time', async () => {
    const limit = new TimeLimit(1);

    await once(limit.signal, 'abort');

    expect(limit.isExceeded).toBe(true);
    expect(limit.signal.reason).toBeInstanceOf(Error);
  });

  it('fires with its parent, which is not the same as being exceeded', () => {
    const parent = new AbortController();
    const limit = new TimeLimit(HOUR, parent.signal);
    const reason = new Error('client left');

    parent.abort(reason);
    limit.clear();

    expect(limit.signal.reason).toBe(reason);
    expect(limit.isExceeded).toBe(false);
  });

  it('lets go of its parent when it is cleared', () => {
    const parent = new AbortController();
    const limit = new TimeLimit(HOUR, parent.signal);

    limit.clear();
    parent.abort();

    expect(limit.signal.aborted).toBe(false);
  });
});
