import { AsyncLocalStorage } from 'node:async_hooks';

/** How long a request waits for providers of models: what overlaps counts once. */
export class ProviderTime {
  private underWay = 0;
  private since = 0;
  private past = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** So far, calls under way included. */
  get milliseconds(): number {
    return this.past + (this.underWay > 0 ? this.now() - this.since : 0);
  }

  begin(): void {
    if (this.underWay === 0) this.since = this.now();
    this.underWay += 1;
  }

  end(): void {
    this.underWay -= 1;
    if (this.underWay === 0) this.past += this.now() - this.since;
  }
}

const storage = new AsyncLocalStorage<readonly ProviderTime[]>();

/** Those who wait for what is called here: nobody outside of requests. */
export function currentProviderTimes(): readonly ProviderTime[] {
  return storage.getStore() ?? [];
}

/** Does work that these wait for. */
export function whileWaiting<T>(times: readonly ProviderTime[], work: () => T): T {
  return storage.run(times, work);
}

/** @returns what ends the call; to be called once */
export function beginProviderCall(): () => void {
  const times = currentProviderTimes();
  for (const time of times) time.begin();
  return () => {
    for (const time of times) time.end();
  };
}
