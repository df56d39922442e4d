/** What a client's filter may contain at most. Lengths are in UTF-16 code units. */
export const FILTER_LIMITS = {
  /** `$and`, `$or` and `$not` inside each other. */
  depth: 10,
  /** Conditions in the whole filter. */
  conditions: 200,
  /** Values of one `$in` or `$nin`. */
  listValues: 1_000,
  fieldNameLength: 256,
  pathSegments: 10,
  stringLength: 4_096,
} as const;
