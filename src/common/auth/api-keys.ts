import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

interface KnownKey {
  readonly name: string;
  readonly hash: Buffer;
}

const KEY_PREFIX = 'mls_';
const KEY_BYTES = 32;

/** The keys that callers may use. Only their hashes are known. */
export class ApiKeys {
  private readonly keys: readonly KnownKey[];

  /** @param list `name:sha256` separated by commas */
  constructor(list: string) {
    this.keys = list.split(',').map((entry) => {
      const [name = '', hash = ''] = entry.trim().split(':');
      return { name, hash: Buffer.from(hash, 'hex') };
    });
  }

  /** Name of the key, or null. Takes the same time whichever key it is, and whether it is one. */
  find(key: string): string | null {
    const hash = sha256(key);
    let found: string | null = null;
    for (const known of this.keys) {
      if (timingSafeEqual(known.hash, hash)) found ??= known.name;
    }
    return found;
  }
}

export interface NewApiKey {
  readonly key: string;
  /** What goes into `API_KEYS`. */
  readonly entry: string;
}

/** A key that nobody can guess, and what the service is told of it. */
export function createApiKey(name: string): NewApiKey {
  const key = KEY_PREFIX + randomBytes(KEY_BYTES).toString('base64url');
  return { key, entry: `${name}:${sha256(key).toString('hex')}` };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
