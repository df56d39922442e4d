export interface ShortMemoryOptions {
  /**
   * How long what was read is believed. For as long again it still is while it is being read anew, so that nobody has to
   * wait for that who asks often.
   */
  readonly freshMs: number;
  readonly maxRemembered: number;
}

interface Memory<Value> {
  readonly at: number;
  readonly value: Promise<Value>;
  isBeingRenewed: boolean;
}

/** Remembers for a moment what was read, so that what many ask for is read once. */
export class ShortMemory<Key, Value> {
  private readonly remembered = new Map<Key, Memory<Value>>();

  constructor(
    private readonly options: ShortMemoryOptions,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** What was read a moment ago, or is being read; else what `read` finds. A failure is not remembered. */
  get(key: Key, read: () => Promise<Value>): Promise<Value> {
    const { freshMs } = this.options;
    const known = this.remembered.get(key);
    const age = known === undefined ? Infinity : this.now() - known.at;
    if (known !== undefined && age < 2 * freshMs) {
      if (age >= freshMs) void this.renew(key, known, read);
      return known.value;
    }
    const value = read();
    this.remember(key, value);
    value.catch(() => {
      this.forget(key, value);
    });
    return value;
  }

  /** @param value only if it is this one that is remembered */
  forget(key: Key, value?: Promise<Value>): void {
    if (value === undefined || this.remembered.get(key)?.value === value) this.remembered.delete(key);
  }

  private async renew(key: Key, known: Memory<Value>, read: () => Promise<Value>): Promise<void> {
    if (known.isBeingRenewed) return;
    known.isBeingRenewed = true;
    const startedAt = this.now();
    try {
      const value = Promise.resolve(await read());
      // What was forgotten meanwhile may have been read before it changed.
      if (this.remembered.get(key) === known) this.remember(key, value, startedAt);
    } catch {
      known.isBeingRenewed = false;
    }
  }

  private remember(key: Key, value: Promise<Value>, at = this.now()): void {
    this.remembered.delete(key);
    this.remembered.set(key, { at, value, isBeingRenewed: false });
    const [oldest] = this.remembered.keys();
    if (this.remembered.size > this.options.maxRemembered && oldest !== undefined) {
      this.remembered.delete(oldest);
    }
  }
}
