import type { RatePolicy } from '../../config/settings/limits.settings.js';
import { RateStore, type RateVerdict } from './rate-store.js';

/** Buckets of callers that are not full; without auth, anybody's address makes one. */
const MAX_BUCKETS = 50_000;

/** Buckets of this process. */
export class MemoryRateStore extends RateStore {
  /** When each bucket is full again, by caller, in the order of their last use. */
  private readonly fullAt = new Map<string, number>();

  constructor(private readonly now: () => number = () => performance.now()) {
    super();
  }

  override take(key: string, { burst, intervalMs }: RatePolicy): Promise<RateVerdict> {
    const now = this.now();
    const fullAt = Math.max(this.fullAt.get(key) ?? now, now);
    const nextFullAt = fullAt + intervalMs;
    const waitMs = nextFullAt - burst * intervalMs - now;
    // A bucket that was filled to the brim may be off by the last digit.
    if (waitMs > 1e-6) return Promise.resolve({ isAllowed: false, waitMs, fullAfterMs: fullAt - now });
    this.fullAt.delete(key);
    this.fullAt.set(key, nextFullAt);
    this.makeRoom();
    return Promise.resolve({ isAllowed: true, waitMs: 0, fullAfterMs: nextFullAt - now });
  }

  private makeRoom(): void {
    const [leastRecentlyUsed] = this.fullAt.keys();
    if (this.fullAt.size > MAX_BUCKETS && leastRecentlyUsed !== undefined) {
      this.fullAt.delete(leastRecentlyUsed);
    }
  }
}
