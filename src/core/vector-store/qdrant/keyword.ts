import { createHash } from 'node:crypto';
import type { FieldPath } from '../filter/filter.js';

/**
 * Hashed, because values may be long and keys may hold anything: no quoting, and no value can be made to look like
 * another's. 132 bits of SHA-256.
 */
export function keyword(kind: string, field: FieldPath, rest: string): string {
  const path = field.root === 'metadata' ? ['metadata', ...field.path] : [field.root];
  return createHash('sha256')
    .update(JSON.stringify([kind, path, rest]))
    .digest('base64url')
    .slice(0, 22);
}
