/** The parts of a document that exist beside its metadata. */
export type FixedField = 'document_id' | 'title' | 'source' | 'source_type';

/** What a condition looks at: a fixed field, or the keys that lead to a value in the metadata. */
export type FieldPath =
  { readonly root: FixedField } | { readonly root: 'metadata'; readonly path: readonly string[] };

export type FilterScalar = string | number | boolean;

export type OrderOperator = 'gt' | 'gte' | 'lt' | 'lte';

/** True when all (`and`: also of none) or any (`or`: never of none) of the filters are. */
export type GroupFilter = { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] };

export type NotFilter = { readonly kind: 'not'; readonly filter: Filter };

/** The field, or an element of the list in it, is this value; nothing is converted: 5 is not "5". */
export type EqualsFilter = {
  readonly kind: 'equals';
  readonly field: FieldPath;
  readonly value: FilterScalar;
};

/** The field, or an element of the list in it, is one of these values. */
export type InFilter = {
  readonly kind: 'in';
  readonly field: FieldPath;
  readonly values: readonly FilterScalar[];
};

/** Numbers compare with numbers only, strings with strings only and by Unicode code point. */
export type CompareFilter = {
  readonly kind: 'compare';
  readonly field: FieldPath;
  readonly operator: OrderOperator;
  readonly value: string | number;
};

/** The field holds something other than null, an empty list or a list of nulls. */
export type ExistsFilter = { readonly kind: 'exists'; readonly field: FieldPath };

/**
 * A search filter, parsed. Negative operators are a `not` around the positive one, so they also match
 * documents without the field. What each kind means exactly is `matchesFilter`; every store agrees with it.
 */
export type Filter = GroupFilter | NotFilter | EqualsFilter | InFilter | CompareFilter | ExistsFilter;
