import type { Schemas } from '@qdrant/js-client-rest';
import type { CompareFilter, Filter } from '../filter/filter.js';
import { existenceFact, valueFact } from './facts.js';
import { isWhole, orderPieces, pieceAddress } from './order-pieces.js';

export type Condition = Schemas['Condition'];

/** What a filter asks of a point's facts; true or false where that is known beforehand. */
export type Translation = Condition | boolean;

/**
 * A filter as a condition on `facts` and `order`. It lets through what `matchesFilter` lets through, and beyond that
 * at most documents that `isExact` says must be looked at.
 */
export function filterToQdrant(filter: Filter): Translation {
  return translate(filter, 'over');
}

/** Whether the translation says exactly what the filter says: only comparisons with very long texts don't. */
export function isExact(filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.every(isExact);
    case 'not':
      return isExact(filter.filter);
    case 'compare':
      return isWhole(filter.value);
    case 'equals':
    case 'in':
    case 'exists':
      return true;
  }
}

/** Which way to err where the pieces don't decide; it turns around inside a `not`. */
type Rounding = 'over' | 'under';

function translate(filter: Filter, rounding: Rounding): Translation {
  switch (filter.kind) {
    case 'and':
      return all(filter.filters.map((part) => translate(part, rounding)));
    case 'or':
      return any(filter.filters.map((part) => translate(part, rounding)));
    case 'not':
      return none(translate(filter.filter, rounding === 'over' ? 'under' : 'over'));
    case 'equals':
      return hasFact([valueFact(filter.field, filter.value)]);
    case 'in':
      return hasFact(filter.values.map((value) => valueFact(filter.field, value)));
    case 'compare':
      return isInOrder(filter, rounding);
    case 'exists':
      return hasFact([existenceFact(filter.field)]);
  }
}

function all(parts: readonly Translation[]): Translation {
  if (parts.includes(false)) return false;
  const must = parts.filter(isCondition);
  return must.length === 0 ? true : { must };
}

function any(parts: readonly Translation[]): Translation {
  if (parts.includes(true)) return true;
  const should = parts.filter(isCondition);
  return should.length === 0 ? false : { should };
}

function none(part: Translation): Translation {
  return isCondition(part) ? { must_not: [part] } : !part;
}

function isCondition(part: Translation): part is Condition {
  return typeof part !== 'boolean';
}

function hasFact(facts: readonly string[]): Translation {
  const [only] = facts;
  if (only === undefined) return false;
  return { key: 'facts', match: facts.length === 1 ? { value: only } : { any: [...facts] } };
}

/** In order when some piece is, and all before it are equal. */
function isInOrder({ field, operator, value }: CompareFilter, rounding: Rounding): Translation {
  const isUp = operator === 'gt' || operator === 'gte';
  const pieces = orderPieces(value);
  const parts: Translation[] = pieces.map((key, index) =>
    hasPiece(pieceAddress(field, value, pieces.slice(0, index)), isUp ? { gt: key } : { lt: key }),
  );
  if (operator === 'gte' || operator === 'lte') parts.push(hasFact([valueFact(field, value)]));
  const last = pieces.at(-1);
  if (!isWhole(value) && rounding === 'over' && last !== undefined) {
    parts.push(hasPiece(pieceAddress(field, value, pieces.slice(0, -1)), { gte: last, lte: last }));
  }
  return any(parts);
}

function hasPiece(at: string, range: Schemas['Range']): Condition {
  const must = [
    { key: 'at', match: { value: at } },
    { key: 'key', range },
  ];
  return { nested: { key: 'order', filter: { must } } };
}
