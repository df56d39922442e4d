import { FILTER_LIMITS } from './filter-limits.js';
import { type FilterPosition, FilterSyntaxError } from './filter-syntax.error.js';
import type { FieldPath, Filter, FilterScalar, OrderOperator } from './filter.js';
import { isStorableText } from './storable-text.js';

/** One operator of a field, as the client wrote it. */
export type Condition = {
  readonly field: FieldPath;
  readonly operator: string;
  readonly operand: unknown;
  /** Where the operand is. */
  readonly position: FilterPosition;
};

const PARSERS: ReadonlyMap<string, (condition: Condition) => Filter> = new Map([
  ['$eq', parseEquals],
  ['$ne', (condition) => not(parseEquals(condition))],
  ['$gt', (condition) => parseOrder(condition, 'gt')],
  ['$gte', (condition) => parseOrder(condition, 'gte')],
  ['$lt', (condition) => parseOrder(condition, 'lt')],
  ['$lte', (condition) => parseOrder(condition, 'lte')],
  ['$in', parseIn],
  ['$nin', (condition) => not(parseIn(condition))],
  ['$exists', parseExists],
]);

/** @throws FilterSyntaxError for an unknown operator or an operand that it doesn't take */
export function parseCondition(condition: Condition): Filter {
  const parse = PARSERS.get(condition.operator);
  if (parse === undefined) {
    throw new FilterSyntaxError(
      `Use one of the operators ${[...PARSERS.keys()].join(', ')}; ` +
        'write "$not" around the condition, and a field inside another one as "outer.inner".',
      condition.position,
    );
  }
  return parse(condition);
}

function parseEquals({ field, operand, position }: Condition): Filter {
  if (operand === null) return not({ kind: 'exists', field });
  if (Array.isArray(operand)) {
    throw new FilterSyntaxError('Compare with one value, or with several by {"$in": [...]}.', position);
  }
  return { kind: 'equals', field, value: parseScalar(operand, position) };
}

function parseOrder({ field, operand, position }: Condition, operator: OrderOperator): Filter {
  const value = operand === null ? false : parseScalar(operand, position);
  if (typeof value === 'boolean') {
    throw new FilterSyntaxError('Compare the order with a number or a string.', position);
  }
  return { kind: 'compare', field, operator, value };
}

function parseIn({ field, operand, position }: Condition): Filter {
  if (!isList(operand) || operand.length > FILTER_LIMITS.listValues) {
    throw new FilterSyntaxError(
      `Give a list of at most ${FILTER_LIMITS.listValues} strings, numbers, booleans or nulls.`,
      position,
    );
  }
  const values = operand.flatMap((value, index) =>
    value === null ? [] : [parseScalar(value, [...position, index])],
  );
  const filter: Filter = { kind: 'in', field, values };
  return values.length === operand.length
    ? filter
    : { kind: 'or', filters: [filter, not({ kind: 'exists', field })] };
}

function parseExists({ field, operand, position }: Condition): Filter {
  if (typeof operand !== 'boolean') throw new FilterSyntaxError('Give true or false.', position);
  return operand ? { kind: 'exists', field } : not({ kind: 'exists', field });
}

function parseScalar(value: unknown, position: FilterPosition): FilterScalar {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return parseNumber(value, position);
  if (typeof value === 'string') return parseString(value, position);
  throw new FilterSyntaxError('Give a string, a number or a boolean.', position);
}

function parseNumber(value: number, position: FilterPosition): number {
  if (Number.isFinite(value)) return value;
  throw new FilterSyntaxError('Give a number that a 64-bit float can hold.', position);
}

function parseString(value: string, position: FilterPosition): string {
  if (value.length > FILTER_LIMITS.stringLength) {
    throw new FilterSyntaxError(
      `Give a string of at most ${FILTER_LIMITS.stringLength} characters.`,
      position,
    );
  }
  if (!isStorableText(value)) {
    throw new FilterSyntaxError('Remove NUL characters and unpaired surrogates from the string.', position);
  }
  return value;
}

function not(filter: Filter): Filter {
  return { kind: 'not', filter };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
