import fc from 'fast-check';
import type { FilterableDocument } from '../../src/core/vector-store/filter/matches-filter.js';

/** So that everybody tries the same documents and filters. */
export const FILTER_SEED = 20_240_501;

const COMMON_KEYS = ['a', 'b', 'authors'];
const ODD_KEYS = [
  'title',
  'source',
  'metadata',
  'ключ',
  '🔑',
  '__proto__',
  'constructor',
  '$ref',
  `"'\\`,
  `') OR (1=1`,
];

/** Numbers that are hard to tell apart. */
export const NUMBERS = [
  0,
  1,
  5,
  -5,
  2.5,
  0.1,
  0.30000000000000004,
  1e-7,
  1e21,
  2 ** 53,
  5e-324,
  -5e-324,
  2.2250738585072014e-308,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
];

/** Texts that look like something else, or sort differently by other rules. */
export const STRINGS = [
  '',
  '0',
  '1',
  '5',
  '2.5',
  'true',
  'null',
  'a',
  'A',
  'aa',
  'b',
  'é',
  'e\u0301',
  'я',
  '\u007f',
  '\ud7ff',
  '\ue000',
  '\uffff',
  '😀',
  '𝒜',
  '\u{10ffff}',
  '2024-05-01T10:00:00Z',
  '2024-05-01T10:00:00.5Z',
  '"',
  '\\',
  '\n',
  '\u2028',
  '%',
  '$1',
  `'; DROP TABLE documents; --`,
  `" || true || "`,
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...STRINGS) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 4 }).map((value) => value.replaceAll('\0', '')),
  },
);
const number = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
);
const scalar = fc.oneof(text, number, fc.boolean());
const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...COMMON_KEYS) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_KEYS) },
);

const { object: metadata } = fc.letrec<{ value: unknown; list: unknown[]; object: Record<string, unknown> }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      { weight: 5, arbitrary: fc.oneof(scalar, fc.constant(null)) },
      { weight: 2, arbitrary: tie('list') },
      { weight: 3, arbitrary: tie('object') },
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc
      .array(fc.tuple(key, tie('value')), { maxLength: 8 })
      .map((entries) => Object.fromEntries(entries)),
  }),
);

const documentParts = fc.record({
  title: fc.option(text),
  source: fc.option(text),
  source_type: fc.constantFrom('html', 'pdf', '', null),
  metadata,
});

/** Documents with much in common, odd keys and values of every type. */
export const FILTERABLE_DOCUMENTS: readonly FilterableDocument[] = fc
  .sample(documentParts, { numRuns: 200, seed: FILTER_SEED })
  .map((parts, index) => ({ document_id: `document-${index}`, ...parts }));

const field = fc.oneof(
  { weight: 3, arbitrary: fc.array(key, { minLength: 1, maxLength: 2 }).map(toFieldName) },
  { weight: 1, arbitrary: fc.constantFrom('document_id', 'title', 'source', 'source_type', 'title.a') },
);
const order = fc.oneof(text, number);
const list = fc.oneof(fc.array(scalar, { maxLength: 4 }), fc.array(fc.option(scalar), { maxLength: 30 }));
const operators = fc.oneof(
  fc.option(scalar),
  fc.record({ $eq: fc.option(scalar) }),
  fc.record({ $ne: fc.option(scalar) }),
  fc.record({ $gt: order }),
  fc.record({ $lt: order }),
  fc.record({ $gte: order, $lte: order }),
  fc.record({ $in: list }),
  fc.record({ $nin: list }),
  fc.record({ $exists: fc.boolean() }),
);

// Values that documents have in the fields where they have them, or few random filters would match anything.
const found = fc
  .tuple(fc.constantFrom(...FILTERABLE_DOCUMENTS.flatMap(listFoundValues)), list)
  .chain(([{ name, value }, others]) =>
    fc
      .constantFrom<unknown[]>(
        value,
        { $eq: value },
        { $ne: value },
        { $in: [...others, value] },
        { $nin: [value, ...others] },
        ...(typeof value === 'boolean'
          ? []
          : [{ $gt: value }, { $gte: value }, { $lt: value }, { $lte: value }]),
      )
      .map((operand) => [name, operand] as const),
  );

/** Filters as clients send them, most of which tell the documents apart. */
export const { filter: RANDOM_FILTERS } = fc.letrec<{ filter: object; condition: object }>((tie) => ({
  condition: fc
    .array(fc.oneof({ weight: 3, arbitrary: found }, { weight: 1, arbitrary: fc.tuple(field, operators) }), {
      minLength: 1,
      maxLength: 2,
    })
    .map((entries) => Object.fromEntries(entries)),
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 5, arbitrary: tie('condition') },
    { weight: 1, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record({ $and: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ $or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ $not: tie('filter') }) },
  ),
}));

function toFieldName(path: readonly string[]): string {
  return ['metadata', ...path].join('.');
}

function listFoundValues({ title, metadata: root }: FilterableDocument): { name: string; value: unknown }[] {
  const titles = title === null ? [] : [{ name: 'title', value: title }];
  return [...titles, ...listScalars(root, [])];
}

function listScalars(value: unknown, path: readonly string[]): { name: string; value: unknown }[] {
  if (Array.isArray(value)) return value.flatMap((item) => listScalars(item, path));
  if (typeof value !== 'object') return [{ name: toFieldName(path), value }];
  return Object.entries(value ?? {}).flatMap(([name, member]) => listScalars(member, [...path, name]));
}
