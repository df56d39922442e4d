import { withinTimeLimit } from './within-time-limit.js';

const PROBE_INTERVAL_MS = 500;

export interface StoreCircuitOptions {
  /** Longest time that a call or a probe may take. */
  readonly limitMs: number;
  /** A harmless call that shows whether the store works. */
  readonly probe: () => Promise<unknown>;
  readonly onOutage: (cause: unknown) => void;
  readonly onRecovery: (outageMs: number) => void;
}

type Condition = 'working' | 'suspect' | 'broken' | 'stopped';

/**
 * Keeps callers from waiting for a store that doesn't answer. A call that fails or takes too long makes the store
 * suspect: it is left alone while a probe runs in the background. When that fails too, there is an outage, and a
 * probe every half second finds its end.
 */
export class StoreCircuit {
  private condition: Condition = 'working';
  private brokenSince = 0;
  private probeTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: StoreCircuitOptions) {}

  get isBroken(): boolean {
    return this.condition === 'broken';
  }

  /** @returns what the call returns; undefined when it fails or takes too long, or is skipped. Never rejects. */
  async attempt<T>(call: () => Promise<T>): Promise<T | undefined> {
    if (this.condition !== 'working') return undefined;
    try {
      return await withinTimeLimit(call(), this.options.limitMs);
    } catch {
      if (this.isWorking()) {
        this.condition = 'suspect';
        void this.probe();
      }
      return undefined;
    }
  }

  /** Finds out how the store is, without making anybody wait. Never rejects. */
  async probe(): Promise<void> {
    try {
      await withinTimeLimit(this.options.probe(), this.options.limitMs);
      this.recover();
    } catch (error) {
      this.break(error);
    }
  }

  /** Skips every call from now on and says nothing any more. */
  stop(): void {
    this.condition = 'stopped';
    clearTimeout(this.probeTimer);
  }

  // A method, because the compiler takes a condition read before a wait for the one after it.
  private isWorking(): boolean {
    return this.condition === 'working';
  }

  private break(cause: unknown): void {
    if (this.condition === 'stopped') return;
    if (this.condition !== 'broken') {
      this.condition = 'broken';
      this.brokenSince = performance.now();
      this.options.onOutage(cause);
    }
    this.probeTimer = setTimeout(() => void this.probe(), PROBE_INTERVAL_MS).unref();
  }

  private recover(): void {
    if (this.condition === 'stopped') return;
    const wasBroken = this.condition === 'broken';
    this.condition = 'working';
    if (wasBroken) this.options.onRecovery(performance.now() - this.brokenSince);
  }
}
