import type { FieldPath, Filter } from './filter.js';

/** Whether a filter looks at any of these names at the top of the metadata. */
export function mentionsMetadata(filter: Filter, names: ReadonlySet<string>): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.some((part) => mentionsMetadata(part, names));
    case 'not':
      return mentionsMetadata(filter.filter, names);
    case 'equals':
    case 'in':
    case 'compare':
    case 'exists':
      return isOneOf(filter.field, names);
  }
}

function isOneOf(field: FieldPath, names: ReadonlySet<string>): boolean {
  return field.root === 'metadata' && names.has(field.path[0] ?? '');
}
