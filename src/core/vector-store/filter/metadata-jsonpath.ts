import type { FilterScalar } from './filter.js';

/** The jsonpath that descends from `root` by the keys, each quoted. Lax, so it looks into lists on the way. */
export function toJsonpath(root: '$' | '@', keys: readonly string[]): string {
  return `${root}${keys.map((key) => `.${JSON.stringify(key)}`).join('')}`;
}

/** The scalar as a jsonpath literal; jsonpath's string and number literals include those of JSON. */
export function quoteJsonpathScalar(value: FilterScalar): string {
  return JSON.stringify(value);
}
