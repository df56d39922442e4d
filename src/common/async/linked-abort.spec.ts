import { LinkedAbort } from './linked-abort.js';

describe('LinkedAbort', () => {
  it('fires with the reason of its parent', () => {
    const parent = new AbortController();
    const linked = new LinkedAbort(parent.signal);
    const reason = new Error('parent');

    parent.abort(reason);

    expect(linked.signal.reason).toBe(reason);
  });

  it('has fired already when its parent has', () => {
    const reason = new Error('parent');

    expect(new LinkedAbort(AbortSignal.abort(reason)).signal.reason).toBe(reason);
  });

  it('fires on its own without touching the parent', () => {
    const parent = new AbortController();
    const linked = new LinkedAbort(parent.signal);

    linked.abort(new Error('own'));

    expect(linked.signal.aborted).toBe(true);
    expect(parent.signal.aborted).toBe(false);
  });

  it('no longer follows once it is unlinked', () => {
    const parent = new AbortController();
    const linked = new LinkedAbort(parent.signal);

    linked.unlink();
    parent.abort();

    expect(linked.signal.aborted).toBe(false);
  });
});
