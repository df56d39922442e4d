export interface ShortMemoryOptions {
  /** How long what was read is believed. */
  readonly freshMs: number;
  readonly maxRemembered: number;
}

/** Remembers for a moment what was read, so that what many ask for is read once. */
export class ShortMemory<Key, Value> {
  private readonly remembered = new Map<Key, { readonly at: number; readonly value: Promise<Value> }>();

  constructor(private readonly options: ShortMemoryOptions) {}

  /** What was read a moment ago, or is being read; else what `read` finds. A failure is not remembered. */
  get(key: Key, read: () => Promise<Value>): Promise<Value> {
    const known = this.remembered.get(key);
    if (known !== undefined && performance.now() - known.at < this.options.freshMs) return known.value;
    const value = read();
    this.remembered.delete(key);
    this.remembered.set(key, { at: performance.now(), value });
    value.catch(() => {
      this.forget(key, value);
    });
    const [oldest] = this.remembered.keys();
    if (this.remembered.size > this.options.maxRemembered && oldest !== undefined) {
      this.remembered.delete(oldest);
    }
    return value;
  }

  /** @param value only if it is this one that is remembered */
  forget(key: Key, value?: Promise<Value>): void {
    if (value === undefined || this.remembered.get(key)?.value === value) this.remembered.delete(key);
  }
}
