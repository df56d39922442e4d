import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/** A string that no log line, error or JSON body can print by accident; `reveal()` is the only way to it. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

/** A secret where there is a value. */
export function optionalSecret(value: string | undefined): Secret | null {
  return value === undefined ? null : new Secret(value);
}
