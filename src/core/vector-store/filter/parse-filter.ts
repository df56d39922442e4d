import { FILTER_LIMITS } from './filter-limits.js';
import { type FilterPosition, FilterSyntaxError } from './filter-syntax.error.js';
import type { Filter } from './filter.js';
import { parseCondition } from './parse-condition.js';
import { parseFieldPath } from './parse-field-path.js';

/**
 * Parses the filter of a search, as it came out of `JSON.parse`. `{}` is no condition: it matches every document.
 * @throws FilterSyntaxError at the first part that is not in the filter language or over a limit
 */
export function parseFilter(input: unknown): Filter {
  return new FilterParser().parse(input, { position: [], depth: 0 });
}

type Place = { readonly position: FilterPosition; readonly depth: number };

type Entry = { readonly key: string; readonly value: unknown; readonly place: Place };

class FilterParser {
  private conditions = 0;

  parse(input: unknown, place: Place): Filter {
    if (!isObject(input)) {
      throw new FilterSyntaxError('Write a filter as an object such as {"field": "value"}.', place.position);
    }
    const entries = Object.entries(input);
    // An empty filter counts too, or a list of them would have no bound.
    if (entries.length === 0) this.countCondition(place.position);
    return all(entries.map(([key, value]) => this.parseEntry({ key, value, place })));
  }

  private parseEntry(entry: Entry): Filter {
    switch (entry.key) {
      case '$and':
        return this.parseGroup(entry, 'and');
      case '$or':
        return this.parseGroup(entry, 'or');
      case '$not':
        return { kind: 'not', filter: this.parse(entry.value, descend(entry)) };
      default:
        return this.parseField(entry);
    }
  }

  private parseGroup(entry: Entry, kind: 'and' | 'or'): Filter {
    const { position, depth } = descend(entry);
    if (!Array.isArray(entry.value) || entry.value.length === 0) {
      throw new FilterSyntaxError('Give a list of at least one filter.', position);
    }
    const filters = entry.value.map((input, index) =>
      this.parse(input, { position: [...position, index], depth }),
    );
    return { kind, filters };
  }

  private parseField({ key, value, place }: Entry): Filter {
    const position = [...place.position, key];
    if (key.startsWith('$')) {
      throw new FilterSyntaxError(
        'Begin with a field name, "$and", "$or" or "$not"; a metadata key that begins with "$" is "metadata.$key".',
        position,
      );
    }
    const field = parseFieldPath(key, position);
    if (!isObject(value)) {
      this.countCondition(position);
      return parseCondition({ field, operator: '$eq', operand: value, position });
    }
    return all(
      readOperators(value, position).map(([operator, operand]) => {
        this.countCondition(position);
        return parseCondition({ field, operator, operand, position: [...position, operator] });
      }),
    );
  }

  private countCondition(position: FilterPosition): void {
    this.conditions += 1;
    if (this.conditions > FILTER_LIMITS.conditions) {
      throw new FilterSyntaxError(`Use at most ${FILTER_LIMITS.conditions} conditions.`, position);
    }
  }
}

function descend({ key, place }: Entry): Place {
  const position = [...place.position, key];
  if (place.depth >= FILTER_LIMITS.depth) {
    throw new FilterSyntaxError(
      `Nest "$and", "$or" and "$not" at most ${FILTER_LIMITS.depth} deep.`,
      position,
    );
  }
  return { position, depth: place.depth + 1 };
}

function readOperators(value: object, position: FilterPosition): [string, unknown][] {
  const operators = Object.entries(value);
  if (operators.length > 0) return operators;
  throw new FilterSyntaxError('Give the field a value or an operator such as {"$eq": "value"}.', position);
}

function all(filters: readonly Filter[]): Filter {
  const [first] = filters;
  return first !== undefined && filters.length === 1 ? first : { kind: 'and', filters };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
