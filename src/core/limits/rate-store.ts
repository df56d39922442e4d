import type { RatePolicy } from '../../config/settings/limits.settings.js';

/** What becomes of a request, and how its caller's bucket is afterwards. */
export interface RateVerdict {
  readonly isAllowed: boolean;
  /** Time until the next one is allowed; 0 for one that is. */
  readonly waitMs: number;
  /** Time until the bucket is full again. */
  readonly fullAfterMs: number;
}

/** Keeps the bucket of each caller. */
export abstract class RateStore {
  /** Takes one request out of a bucket, where it has one. Never rejects, and waits for nobody long. */
  abstract take(key: string, policy: RatePolicy): Promise<RateVerdict>;
}
