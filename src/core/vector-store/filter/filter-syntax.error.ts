import { FILTER_LIMITS } from './filter-limits.js';

/** Keys and indexes from the filter's root to a part of it, such as `['$and', 0, 'price', '$gte']`. */
export type FilterPosition = readonly (string | number)[];

/** A filter that is not in the filter language. The message says what to write instead and quotes no value. */
export class FilterSyntaxError extends Error {
  override readonly name = 'FilterSyntaxError';
  /** Leads to the part at fault. Keys longer than a field name may be are cut. */
  readonly path: (string | number)[];

  constructor(message: string, path: FilterPosition) {
    super(message);
    this.path = path.map((part) =>
      typeof part === 'string' ? part.slice(0, FILTER_LIMITS.fieldNameLength) : part,
    );
  }
}
