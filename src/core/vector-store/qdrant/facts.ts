import { FILTER_LIMITS } from '../filter/filter-limits.js';
import type { FieldPath, FilterScalar, FixedField } from '../filter/filter.js';
import type { FilterableDocument } from '../filter/matches-filter.js';
import { keyword } from './keyword.js';
import { orderPieces, pieceAddress } from './order-pieces.js';

/** One piece of a value for comparisons of order: which piece of what, and its content as a number. */
export interface OrderEntry {
  readonly at: string;
  readonly key: number;
}

/** All that filters can ask about a document, as keywords and numbers that Qdrant can look up. */
export interface Facts {
  /** A keyword for each value of each field, and one for each field that has any. */
  readonly facts: readonly string[];
  readonly order: readonly OrderEntry[];
}

const FIXED_FIELDS: readonly FixedField[] = ['document_id', 'title', 'source', 'source_type'];

/** Keyword that a document has when the field, or an element of the list in it, is this value. */
export function valueFact(field: FieldPath, value: FilterScalar): string {
  // JSON tells 5 from "5", and writes 5.0 and 5 alike.
  return keyword('value', field, JSON.stringify(value));
}

/** Keyword that a document has when the field holds something. */
export function existenceFact(field: FieldPath): string {
  return keyword('exists', field, '');
}

/** The facts of a document. `matchesFilter` reads the same values. */
export function factsOf(document: FilterableDocument): Facts {
  const facts = new Set<string>();
  const order = new Map<string, OrderEntry>();
  const note = (field: FieldPath, value: unknown) => {
    if (value === null || value === undefined) return;
    facts.add(existenceFact(field));
    if (typeof value === 'object') return;
    const scalar = value as FilterScalar;
    facts.add(valueFact(field, scalar));
    if (typeof scalar === 'boolean') return;
    orderPieces(scalar).forEach((key, index, pieces) => {
      const at = pieceAddress(field, scalar, pieces.slice(0, index));
      order.set(`${at} ${key}`, { at, key });
    });
  };
  for (const root of FIXED_FIELDS) note({ root }, document[root]);
  noteMembers(document.metadata, [], note);
  return { facts: [...facts], order: [...order.values()] };
}

// Lists are looked into one level, at every key and at the end.
function noteMembers(
  value: unknown,
  path: readonly string[],
  note: (field: FieldPath, value: unknown) => void,
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  if (path.length === FILTER_LIMITS.pathSegments) return;
  for (const [name, member] of Object.entries(value)) {
    const inner = [...path, name];
    for (const element of Array.isArray(member) ? (member as unknown[]) : [member]) {
      note({ root: 'metadata', path: inner }, element);
      noteMembers(element, inner, note);
    }
  }
}
