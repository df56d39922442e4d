import { readRetryAfter } from './retry-after.js';

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('readRetryAfter', () => {
  it.each<[Record<string, string>, number | null]>([
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }, 7000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:59:00 GMT' }, 0],
    [{ 'retry-after-ms': '250' }, 250],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9000],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '-1' }, null],
    [{ 'retry-after': '1e9' }, null],
    [{ 'retry-after': '999999999' }, null],
    [{}, null],
  ])('reads %j as %j ms', (headers, expected) => {
    expect(readRetryAfter(new Headers(headers), NOW)).toBe(expected);
  });

  it('knows nothing without headers', () => {
    expect(readRetryAfter(undefined, NOW)).toBeNull();
  });
});
