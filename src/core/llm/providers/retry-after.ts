const DAY_IN_MS = 86_400_000;

/**
 * How long an answer asks to wait, in milliseconds: from `retry-after-ms`, or `Retry-After` in seconds or as a date.
 * @param now the time as `Date.now()` has it
 * @returns null where it doesn't say, or says nonsense
 */
export function readRetryAfter(headers: Headers | undefined, now: number): number | null {
  const milliseconds = toNumber(headers?.get('retry-after-ms'));
  if (milliseconds !== null) return sane(milliseconds);
  const value = headers?.get('retry-after');
  const seconds = toNumber(value);
  if (seconds !== null) return sane(seconds * 1000);
  return value?.endsWith('GMT') ? sane(Math.max(0, Date.parse(value) - now)) : null;
}

function toNumber(value: string | null | undefined): number | null {
  return value && /^\d+(\.\d+)?$/u.test(value) ? Number(value) : null;
}

function sane(milliseconds: number): number | null {
  return milliseconds <= DAY_IN_MS ? milliseconds : null;
}
