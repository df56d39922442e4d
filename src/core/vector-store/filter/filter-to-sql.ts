import type { CompareFilter, FieldPath, Filter, FilterScalar, FixedField, OrderOperator } from './filter.js';
import { quoteJsonpathScalar, toJsonpath } from './metadata-jsonpath.js';
import type { SqlParameters } from './sql-parameters.js';

const COLUMNS: Readonly<Record<FixedField, string>> = {
  document_id: 'id',
  title: 'title',
  source: 'source',
  source_type: 'source_type',
};

const ORDER_OPERATORS: Readonly<Record<OrderOperator, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** PostgreSQL hashes a list of nine values or more; shorter ones are cheaper, and can use an index, as jsonpath. */
const MOST_JSONPATH_ALTERNATIVES = 8;

/**
 * Compiles a filter to a boolean SQL expression that is never NULL and says what `matchesFilter` says. Everything
 * that a client sent goes into `parameters`. A GIN index on the metadata serves the equalities in it.
 * @param alias of a row with the columns `id`, `title`, `source`, `source_type` (text) and `metadata` (jsonb, an
 *   object, not null), in a database whose encoding is UTF8; part of the SQL as it is, so never from a client
 */
export function filterToSql(filter: Filter, parameters: SqlParameters, alias: string): string {
  return new FilterCompiler(parameters, alias).compile(filter);
}

class FilterCompiler {
  constructor(
    private readonly parameters: SqlParameters,
    private readonly alias: string,
  ) {}

  compile(filter: Filter): string {
    switch (filter.kind) {
      case 'and':
        return this.join(filter.filters, 'AND');
      case 'or':
        return this.join(filter.filters, 'OR');
      case 'not':
        return `(NOT ${this.compile(filter.filter)})`;
      case 'equals':
        return this.isOneOf(filter.field, [filter.value]);
      case 'in':
        return this.isOneOf(filter.field, filter.values);
      case 'compare':
        return this.isInOrder(filter);
      case 'exists':
        return this.exists(filter.field);
    }
  }

  private join(filters: readonly Filter[], operator: 'AND' | 'OR'): string {
    if (filters.length === 0) return operator === 'AND' ? 'true' : 'false';
    return `(${filters.map((filter) => this.compile(filter)).join(` ${operator} `)})`;
  }

  private isOneOf(field: FieldPath, values: readonly FilterScalar[]): string {
    if (field.root !== 'metadata') return this.textIsOneOf(field.root, values);
    if (values.length === 0) return 'false';
    if (values.length > MOST_JSONPATH_ALTERNATIVES) return this.metadataIsInList(field.path, values);
    const member = toJsonpath('@', field.path);
    const alternatives = values.map((value) => `${member} == ${quoteJsonpathScalar(value)}`);
    return this.metadataMatches(alternatives.join(' || '));
  }

  // Without a collation of its own, so that an index on the column can serve it; equality is bytewise in all of them.
  private textIsOneOf(field: FixedField, values: readonly FilterScalar[]): string {
    const texts = values.filter((value) => typeof value === 'string');
    if (texts.length === 0) return 'false';
    const column = this.column(field);
    return `(${column} IS NOT NULL AND ${column} = ANY(${this.parameters.add(texts)}::text[]))`;
  }

  private metadataIsInList(path: readonly string[], values: readonly FilterScalar[]): string {
    const elements = this.parameters.add(`${toJsonpath('$', path)}[*]`);
    const list = this.parameters.add(values.map((value) => JSON.stringify(value)));
    return (
      `EXISTS (SELECT FROM jsonb_path_query(${this.alias}.metadata, ${elements}::jsonpath) AS element(value)` +
      ` WHERE element.value = ANY(${list}::jsonb[]))`
    );
  }

  private isInOrder({ field, operator, value }: CompareFilter): string {
    const sign = ORDER_OPERATORS[operator];
    if (field.root === 'metadata') {
      return this.metadataMatches(`${toJsonpath('@', field.path)} ${sign} ${quoteJsonpathScalar(value)}`);
    }
    if (typeof value !== 'string') return 'false';
    const column = this.column(field.root);
    return `(${column} IS NOT NULL AND ${column} COLLATE "C" ${sign} ${this.parameters.add(value)}::text)`;
  }

  private exists(field: FieldPath): string {
    if (field.root !== 'metadata') return `(${this.column(field.root)} IS NOT NULL)`;
    return this.metadataMatches(`${toJsonpath('@', field.path)} != null`);
  }

  // The path is inside the predicate: there a list is looked into once, while `path ? (@ == 1)` would do it twice.
  private metadataMatches(predicate: string): string {
    return `(${this.alias}.metadata @? ${this.parameters.add(`$ ? (${predicate})`)}::jsonpath)`;
  }

  private column(field: FixedField): string {
    return `${this.alias}.${COLUMNS[field]}`;
  }
}
