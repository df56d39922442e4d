import fc from 'fast-check';
import { retry, type RetryEnvironment, type RetryPolicy } from './retry.js';

const POLICY: RetryPolicy = {
  maxRetries: 3,
  baseDelayMs: 100,
  maxDelayMs: 300,
  maxRetryAfterMs: 20_000,
  budgetMs: 60_000,
};

class PassingError extends Error {
  constructor(readonly retryAfterMs: number | null = null) {
    super('may pass');
  }
}

/** A clock that only sleeping moves forward. */
class SleptTime implements RetryEnvironment {
  readonly slept: number[] = [];
  private time = 0;

  constructor(private readonly chance = 0.5) {}

  readonly random = (): number => this.chance;
  readonly now = (): number => this.time;
  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    this.slept.push(milliseconds);
    this.pass(milliseconds);
    return Promise.resolve();
  };

  pass(milliseconds: number): void {
    this.time += milliseconds;
  }
}

function adviceOn(error: unknown) {
  return error instanceof PassingError ? { retryAfterMs: error.retryAfterMs } : null;
}

/** Fails with these errors, one after the other, then answers with the number of attempts. */
function failing(errors: readonly Error[]) {
  let attempts = 0;
  return () => {
    const error = errors[attempts];
    attempts += 1;
    return error ? Promise.reject(error) : Promise.resolve(attempts);
  };
}

describe('retry', () => {
  it('tries again until it works', async () => {
    const environment = new SleptTime();

    const attempts = await retry(failing([new PassingError(), new PassingError()]), {
      policy: POLICY,
      adviceOn,
      environment,
    });

    expect(attempts).toBe(3);
    expect(environment.slept).toEqual([50, 100]);
  });

  it('waits twice as long each time, up to the longest wait', async () => {
    const environment = new SleptTime(1);
    const errors = Array.from({ length: 3 }, () => new PassingError());

    await retry(failing(errors), { policy: POLICY, adviceOn, environment });

    expect(environment.slept).toEqual([100, 200, 300]);
  });

  it('gives up after its retries with the last error as it was', async () => {
    const errors = Array.from({ length: 5 }, () => new PassingError());

    await expect(
      retry(failing(errors), { policy: POLICY, adviceOn, environment: new SleptTime() }),
    ).rejects.toBe(errors[3]);
  });

  it('does not try again after an error that will not pass', async () => {
    const environment = new SleptTime();
    const failure = new Error('stays');

    await expect(retry(failing([failure]), { policy: POLICY, adviceOn, environment })).rejects.toBe(failure);
    expect(environment.slept).toEqual([]);
  });

  it('waits at least as long as it is asked to', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 20_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        async (asked, chance) => {
          const environment = new SleptTime(chance);

          await retry(failing([new PassingError(asked)]), { policy: POLICY, adviceOn, environment });

          expect(environment.slept[0]).toBeGreaterThanOrEqual(asked);
          expect(environment.slept[0]).toBeLessThanOrEqual(asked + POLICY.baseDelayMs);
        },
      ),
    );
  });

  it('gives up when it is asked to wait for too long', async () => {
    const environment = new SleptTime();
    const failure = new PassingError(POLICY.maxRetryAfterMs + 1);

    await expect(retry(failing([failure]), { policy: POLICY, adviceOn, environment })).rejects.toBe(failure);
    expect(environment.slept).toEqual([]);
  });

  it('begins no attempt after its budget of time', async () => {
    const environment = new SleptTime();
    const failure = new PassingError();

    const slow = retry(
      () => {
        environment.pass(POLICY.budgetMs);
        return Promise.reject(failure);
      },
      { policy: POLICY, adviceOn, environment },
    );

    await expect(slow).rejects.toBe(failure);
    expect(environment.slept).toEqual([]);
  });

  it('does not try again once the signal has fired', async () => {
    const environment = new SleptTime();
    const controller = new AbortController();
    const failure = new PassingError();

    const aborted = retry(
      () => {
        controller.abort();
        return Promise.reject(failure);
      },
      { policy: POLICY, adviceOn, environment, signal: controller.signal },
    );

    await expect(aborted).rejects.toBe(failure);
    expect(environment.slept).toEqual([]);
  });

  it('wakes up with the reason when the signal fires between attempts', async () => {
    const controller = new AbortController();
    const reason = new Error('client left');
    const patient: RetryPolicy = {
      ...POLICY,
      baseDelayMs: 3_600_000,
      maxDelayMs: 3_600_000,
      budgetMs: Infinity,
    };

    const waiting = retry(failing([new PassingError(10_000)]), {
      policy: patient,
      adviceOn,
      signal: controller.signal,
    });
    setImmediate(() => {
      controller.abort(reason);
    });

    await expect(waiting).rejects.toBe(reason);
  });
});
