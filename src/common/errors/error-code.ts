/** The `code` that Node and its drivers put on errors, e.g. `ENOENT`; null for anything without one. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
