import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Whose key it is. */
export interface KeyOwner {
  readonly name: string;
  /** Null for a key that is for none. */
  readonly tenant: string | null;
}

interface KnownKey extends KeyOwner {
  readonly hash: Buffer;
}

const KEY_PREFIX = 'mls_';
const KEY_BYTES = 32;

/** The keys that callers may use. Only their hashes are known. */
export class ApiKeys {
  private readonly keys: readonly KnownKey[];

  /**
   * @param list `name:sha256`, or `name:sha256:tenant`, separated by commas
   * @param isEqual compares hashes in a time that tells nothing about them
   */
  constructor(
    list: string,
    private readonly isEqual: (known: Buffer, sent: Buffer) => boolean = timingSafeEqual,
  ) {
    this.keys = list.split(',').map((entry) => {
      const [name = '', hash = '', tenant = null] = entry.trim().split(':');
      return { name, tenant, hash: Buffer.from(hash, 'hex') };
    });
  }

  /** Null for a key that is not known. Takes the same time whichever key it is, and whether it is one. */
  find(key: string): KeyOwner | null {
    const hash = sha256(key);
    let found: KnownKey | null = null;
    for (const known of this.keys) {
      if (this.isEqual(known.hash, hash)) found ??= known;
    }
    return found && { name: found.name, tenant: found.tenant };
  }
}

export interface NewApiKey {
  readonly key: string;
  /** What goes into `API_KEYS`. */
  readonly entry: string;
}

/** A key that nobody can guess, and what the service is told of it. @param tenant that it is for, if for one alone */
export function createApiKey(name: string, tenant?: string): NewApiKey {
  const key = KEY_PREFIX + randomBytes(KEY_BYTES).toString('base64url');
  const parts = [name, sha256(key).toString('hex'), ...(tenant === undefined ? [] : [tenant])];
  return { key, entry: parts.join(':') };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
