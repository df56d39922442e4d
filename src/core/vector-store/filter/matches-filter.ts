import type { CompareFilter, FieldPath, Filter, OrderOperator } from './filter.js';

/** The parts of a document that a filter sees. The metadata is as JSON gives it. */
export type FilterableDocument = {
  readonly document_id: string;
  readonly title: string | null;
  readonly source: string | null;
  readonly source_type: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** Whether the filter lets the document through: the meaning that every store's own translation must have. */
export function matchesFilter(filter: Filter, document: FilterableDocument): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((part) => matchesFilter(part, document));
    case 'or':
      return filter.filters.some((part) => matchesFilter(part, document));
    case 'not':
      return !matchesFilter(filter.filter, document);
    case 'equals':
      return readValues(filter.field, document).some((value) => value === filter.value);
    case 'in':
      return readValues(filter.field, document).some((value) =>
        filter.values.some((wanted) => value === wanted),
      );
    case 'compare':
      return readValues(filter.field, document).some((value) => isInOrder(value, filter));
    case 'exists':
      return readValues(filter.field, document).some((value) => value !== null);
  }
}

// Lists are looked into one level, at every key and at the end, as lax jsonpath does.
function readValues(field: FieldPath, document: FilterableDocument): unknown[] {
  if (field.root !== 'metadata') return [document[field.root]];
  let values: unknown[] = [document.metadata];
  for (const key of field.path) {
    values = values.flatMap(unwrap).flatMap((value) => readMember(value, key));
  }
  return values.flatMap(unwrap);
}

function unwrap(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function readMember(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const member = Object.getOwnPropertyDescriptor(value, key);
  return member === undefined ? [] : [member.value];
}

function isInOrder(value: unknown, { operator, value: bound }: CompareFilter): boolean {
  if (typeof value === 'number' && typeof bound === 'number') return isOrder(operator, value - bound);
  if (typeof value === 'string' && typeof bound === 'string') {
    return isOrder(operator, compareCodePoints(value, bound));
  }
  return false;
}

function isOrder(operator: OrderOperator, difference: number): boolean {
  switch (operator) {
    case 'gt':
      return difference > 0;
    case 'gte':
      return difference >= 0;
    case 'lt':
      return difference < 0;
    case 'lte':
      return difference <= 0;
  }
}

// JavaScript's `<` compares UTF-16 code units, which puts U+1F600 before U+FFFD; UTF-8 bytes are in code point order.
function compareCodePoints(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
