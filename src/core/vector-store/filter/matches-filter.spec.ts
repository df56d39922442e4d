import { type FilterableDocument, matchesFilter } from './matches-filter.js';
import { parseFilter } from './parse-filter.js';

const document: FilterableDocument = {
  document_id: 'document-1',
  title: 'Title',
  source: null,
  source_type: '',
  metadata: {
    source: 'shadowed',
    number: 5,
    text: '5',
    yes: true,
    nothing: null,
    empty: [],
    nulls: [null, null],
    mixed: [1, 'one', null],
    nested: [[1]],
    object: {},
    time: '2024-05-01T10:00:00Z',
    emoji: '😀',
    author: { name: 'Ada', born: { year: 1815 } },
    authors: [{ name: 'Ada' }, { name: ['Grace', 'Amazing Grace'] }, 'Anonymous'],
    lists: [[{ name: 'Ada' }]],
    'dotted.key': 1,
  },
};

function matches(filter: unknown): boolean {
  return matchesFilter(parseFilter(filter), document);
}

describe('matchesFilter', () => {
  it.each<[unknown, boolean]>([
    // typed equality
    [{ number: 5 }, true],
    [{ number: '5' }, false],
    [{ text: '5' }, true],
    [{ text: 5 }, false],
    [{ yes: true }, true],
    [{ yes: 1 }, false],
    [{ yes: 'true' }, false],
    [{ number: 5.0 }, true],
    [{ object: '{}' }, false],
    // lists
    [{ mixed: 1 }, true],
    [{ mixed: 'one' }, true],
    [{ mixed: '1' }, false],
    [{ mixed: { $gt: 0, $lt: 'p' } }, true],
    [{ nested: 1 }, false],
    [{ empty: '' }, false],
    // negation
    [{ number: { $ne: 5 } }, false],
    [{ number: { $ne: '5' } }, true],
    [{ missing: { $ne: 5 } }, true],
    [{ mixed: { $ne: 1 } }, false],
    [{ $not: { mixed: { $gt: 100 } } }, true],
    [{ $not: {} }, false],
    // order
    [{ number: { $gt: 4.999 } }, true],
    [{ number: { $gt: 5 } }, false],
    [{ number: { $gte: 5 } }, true],
    [{ number: { $lt: 5 } }, false],
    [{ number: { $lte: 5 } }, true],
    [{ number: { $lt: '9' } }, false],
    [{ text: { $lt: 9 } }, false],
    [{ yes: { $gt: 0 } }, false],
    [{ nothing: { $lte: 0 } }, false],
    [{ time: { $gte: '2024-01-01T00:00:00Z', $lt: '2024-05-01T10:00:01Z' } }, true],
    [{ time: { $gt: '2024-05-01T10:00:00Z' } }, false],
    [{ emoji: { $gt: '\ufffd' } }, true],
    [{ emoji: { $lt: '\ufffd' } }, false],
    // in
    [{ number: { $in: [1, 5] } }, true],
    [{ number: { $in: ['5'] } }, false],
    [{ number: { $in: [] } }, false],
    [{ number: { $nin: [] } }, true],
    [{ missing: { $nin: [5] } }, true],
    [{ mixed: { $nin: [2, 'one'] } }, false],
    [{ missing: { $in: [5, null] } }, true],
    [{ number: { $in: [1, null] } }, false],
    [{ number: { $nin: [1, null] } }, true],
    // exists
    [{ number: { $exists: true } }, true],
    [{ number: { $exists: false } }, false],
    [{ missing: { $exists: true } }, false],
    [{ nothing: { $exists: true } }, false],
    [{ nothing: null }, true],
    [{ empty: { $exists: true } }, false],
    [{ nulls: { $exists: true } }, false],
    [{ mixed: { $exists: true } }, true],
    [{ nested: { $exists: true } }, true],
    [{ object: { $exists: true } }, true],
    [{ missing: null }, true],
    [{ number: { $ne: null } }, true],
    // paths
    [{ 'author.name': 'Ada' }, true],
    [{ 'author.born.year': { $lt: 1900 } }, true],
    [{ 'author.name.first': { $exists: true } }, false],
    [{ 'authors.name': 'Ada' }, true],
    [{ 'authors.name': 'Grace' }, true],
    [{ authors: 'Anonymous' }, true],
    [{ 'authors.name': 'Anonymous' }, false],
    [{ 'lists.name': 'Ada' }, false],
    [{ 'authors.length': 3 }, false],
    [{ 'text.length': 1 }, false],
    [{ 'dotted.key': 1 }, false],
    [{ 'authors.0.name': 'Ada' }, false],
    // keys that every JavaScript object has
    [{ constructor: { $exists: true } }, false],
    [JSON.parse('{"__proto__": {"$exists": true}}'), false],
    [{ 'author.toString': { $exists: true } }, false],
    // fixed fields
    [{ document_id: 'document-1' }, true],
    [{ 'metadata.document_id': 'document-1' }, false],
    [{ title: { $gte: 'Title', $lt: 'Titlf' } }, true],
    [{ title: { $gt: 5 } }, false],
    [{ title: { $in: ['a', 5, 'Title'] } }, true],
    [{ source: 'shadowed' }, false],
    [{ source: null }, true],
    [{ source: { $ne: 'x' } }, true],
    [{ 'metadata.source': 'shadowed' }, true],
    [{ source_type: '' }, true],
    [{ source_type: { $exists: true } }, true],
    // groups
    [{}, true],
    [{ number: 5, text: 5 }, false],
    [{ $and: [{ number: 5 }, { text: '5' }] }, true],
    [{ $and: [{ number: 5 }, { text: 5 }] }, false],
    [{ $or: [{ number: 6 }, { text: '5' }] }, true],
    [{ $or: [{ number: 6 }, { text: 5 }] }, false],
    [{ $or: [{}] }, true],
  ])('%j: %s', (filter, expected) => {
    expect(matches(filter)).toBe(expected);
  });

  it('reads a metadata key named __proto__', () => {
    const metadata = JSON.parse('{"__proto__": {"polluted": 1}}') as Record<string, unknown>;
    const filter = parseFilter({ '__proto__.polluted': 1 });
    expect(matchesFilter(filter, { ...document, metadata })).toBe(true);
    expect(matchesFilter(filter, document)).toBe(false);
  });
});
