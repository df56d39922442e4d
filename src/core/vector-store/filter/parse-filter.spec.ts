import { FilterSyntaxError } from './filter-syntax.error.js';
import type { FieldPath, Filter } from './filter.js';
import { parseFilter } from './parse-filter.js';

const price: FieldPath = { root: 'metadata', path: ['price'] };
const isFive: Filter = { kind: 'equals', field: price, value: 5 };
const hasPrice: Filter = { kind: 'exists', field: price };

function not(filter: Filter): Filter {
  return { kind: 'not', filter };
}

/** The error that the filter is refused with. */
function refuse(input: unknown): FilterSyntaxError {
  try {
    parseFilter(input);
  } catch (error) {
    if (error instanceof FilterSyntaxError) return error;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(input)}`);
}

function nest(depth: number): unknown {
  return depth === 0 ? { price: 5 } : { $not: nest(depth - 1) };
}

function repeat<Item>(count: number, item: Item): Item[] {
  return Array.from({ length: count }, () => item);
}

describe('parseFilter', () => {
  describe('conditions', () => {
    it.each<[string, unknown, Filter]>([
      ['nothing', {}, { kind: 'and', filters: [] }],
      ['a value', { price: 5 }, isFive],
      ['a string', { price: '5' }, { kind: 'equals', field: price, value: '5' }],
      ['an empty string', { price: '' }, { kind: 'equals', field: price, value: '' }],
      ['a boolean', { price: false }, { kind: 'equals', field: price, value: false }],
      ['null', { price: null }, not(hasPrice)],
      ['$eq', { price: { $eq: 5 } }, isFive],
      ['$eq null', { price: { $eq: null } }, not(hasPrice)],
      ['$ne', { price: { $ne: 5 } }, not(isFive)],
      ['$ne null', { price: { $ne: null } }, not(not(hasPrice))],
      ['$gt', { price: { $gt: 0 } }, { kind: 'compare', field: price, operator: 'gt', value: 0 }],
      ['$gte', { price: { $gte: -1.5 } }, { kind: 'compare', field: price, operator: 'gte', value: -1.5 }],
      ['$lt', { price: { $lt: '' } }, { kind: 'compare', field: price, operator: 'lt', value: '' }],
      ['$lte', { price: { $lte: 'z' } }, { kind: 'compare', field: price, operator: 'lte', value: 'z' }],
      ['$in', { price: { $in: [1, 'a', true] } }, { kind: 'in', field: price, values: [1, 'a', true] }],
      ['$in of nothing', { price: { $in: [] } }, { kind: 'in', field: price, values: [] }],
      [
        '$in with null',
        { price: { $in: [1, null] } },
        { kind: 'or', filters: [{ kind: 'in', field: price, values: [1] }, not(hasPrice)] },
      ],
      ['$nin', { price: { $nin: [1] } }, not({ kind: 'in', field: price, values: [1] })],
      ['$nin of nothing', { price: { $nin: [] } }, not({ kind: 'in', field: price, values: [] })],
      ['$exists', { price: { $exists: true } }, hasPrice],
      ['$exists false', { price: { $exists: false } }, not(hasPrice)],
    ])('reads %s', (_name, input, expected) => {
      expect(parseFilter(input)).toEqual(expected);
    });

    it('takes several operators of a field together', () => {
      expect(parseFilter({ price: { $eq: 5, $exists: true } })).toEqual({
        kind: 'and',
        filters: [isFive, hasPrice],
      });
    });

    it('takes several fields together', () => {
      expect(parseFilter({ price: 5, title: 'x' })).toEqual({
        kind: 'and',
        filters: [isFive, { kind: 'equals', field: { root: 'title' }, value: 'x' }],
      });
    });

    it.each(['and', 'or'] as const)('reads $%s', (kind) => {
      expect(parseFilter({ [`$${kind}`]: [{ price: 5 }, {}] })).toEqual({
        kind,
        filters: [isFive, { kind: 'and', filters: [] }],
      });
    });

    it('reads $not beside a field', () => {
      expect(parseFilter({ $not: { price: 5 }, price: { $exists: true } })).toEqual({
        kind: 'and',
        filters: [not(isFive), hasPrice],
      });
    });
  });

  describe('field names', () => {
    it.each<[string, FieldPath]>([
      ['document_id', { root: 'document_id' }],
      ['title', { root: 'title' }],
      ['source', { root: 'source' }],
      ['source_type', { root: 'source_type' }],
      ['id', { root: 'metadata', path: ['id'] }],
      ['author.name', { root: 'metadata', path: ['author', 'name'] }],
      ['title.short', { root: 'metadata', path: ['title', 'short'] }],
      ['metadata.source', { root: 'metadata', path: ['source'] }],
      ['metadata.a.b', { root: 'metadata', path: ['a', 'b'] }],
      ['metadata', { root: 'metadata', path: ['metadata'] }],
      ['metadata.metadata.a', { root: 'metadata', path: ['metadata', 'a'] }],
      ['metadata.$ref', { root: 'metadata', path: ['$ref'] }],
      ['a.$ref', { root: 'metadata', path: ['a', '$ref'] }],
      [' ', { root: 'metadata', path: [' '] }],
      ['constructor', { root: 'metadata', path: ['constructor'] }],
      [`"'; DROP TABLE documents; --`, { root: 'metadata', path: [`"'; DROP TABLE documents; --`] }],
      ['ключ.🔑', { root: 'metadata', path: ['ключ', '🔑'] }],
      ['a.b.c.d.e.f.g.h.i.j', { root: 'metadata', path: 'abcdefghij'.split('') }],
      ['k'.repeat(256), { root: 'metadata', path: ['k'.repeat(256)] }],
    ])('resolves %j', (name, field) => {
      expect(parseFilter({ [name]: 1 })).toEqual({ kind: 'equals', field, value: 1 });
    });

    it('reads __proto__ as an ordinary key and leaves prototypes alone', () => {
      const filter = parseFilter(JSON.parse('{"__proto__": {"$eq": 1}}'));
      expect(filter).toEqual({
        kind: 'equals',
        field: { root: 'metadata', path: ['__proto__'] },
        value: 1,
      });
      expect(Object.keys(Object.prototype)).toEqual([]);
    });

    it.each([
      ['', 'Give the field a name'],
      ['.a', 'Give the field a name'],
      ['a.', 'Give the field a name'],
      ['a..b', 'Give the field a name'],
      ['metadata.', 'Give the field a name'],
      ['a.b.c.d.e.f.g.h.i.j.k', 'at most 10 keys'],
      ['a\0b', 'Remove NUL'],
      ['a\ud800', 'Remove NUL'],
      ['k'.repeat(257), 'at most 256 characters'],
    ])('refuses %j', (name, message) => {
      const error = refuse({ $and: [{ [name]: 1 }] });
      expect(error.message).toContain(message);
      expect(error.path).toEqual(['$and', 0, name.slice(0, 256)]);
    });
  });

  describe('errors', () => {
    it.each<[string, unknown, (string | number)[], string]>([
      ['nothing', undefined, [], 'Write a filter as an object'],
      ['null', null, [], 'Write a filter as an object'],
      ['a string', 'price > 5', [], 'Write a filter as an object'],
      ['a list', [{ price: 5 }], [], 'Write a filter as an object'],
      ['a $not of a list', { $not: [{ price: 5 }] }, ['$not'], 'Write a filter as an object'],
      ['a $not of null', { $not: null }, ['$not'], 'Write a filter as an object'],
      ['a scalar in $or', { $or: [{}, 5] }, ['$or', 1], 'Write a filter as an object'],
      ['an $and of one object', { $and: { price: 5 } }, ['$and'], 'at least one filter'],
      ['an empty $or', { $or: [] }, ['$or'], 'at least one filter'],
      ['an unknown logical operator', { $nor: [{}] }, ['$nor'], 'Begin with a field name'],
      ['an operator without a field', { $gt: 5 }, ['$gt'], 'Begin with a field name'],
      ['an unknown operator', { price: { $regex: 'x' } }, ['price', '$regex'], '$eq, $ne, $gt, $gte, $lt'],
      ['an operator named as a method', { price: { toString: 1 } }, ['price', 'toString'], 'operators'],
      ['$not inside a field', { price: { $not: { $gt: 5 } } }, ['price', '$not'], '"$not" around'],
      ['an object as a value', { price: { amount: 5 } }, ['price', 'amount'], '"outer.inner"'],
      ['an empty object as a value', { price: {} }, ['price'], 'a value or an operator'],
      ['a list as a value', { price: [5] }, ['price'], '{"$in": [...]}'],
      ['a list in $ne', { price: { $ne: [5] } }, ['price', '$ne'], '{"$in": [...]}'],
      ['an object in $eq', { price: { $eq: {} } }, ['price', '$eq'], 'a string, a number or a boolean'],
      ['an undefined value', { price: undefined }, ['price'], 'a string, a number or a boolean'],
      ['the order of booleans', { price: { $gt: true } }, ['price', '$gt'], 'a number or a string'],
      ['the order of null', { price: { $lte: null } }, ['price', '$lte'], 'a number or a string'],
      ['the order of lists', { price: { $lt: [1] } }, ['price', '$lt'], 'a string, a number'],
      ['$in without a list', { price: { $in: 5 } }, ['price', '$in'], 'a list of at most 1000'],
      ['a list inside $in', { price: { $in: [1, [2]] } }, ['price', '$in', 1], 'a string, a number'],
      ['an object inside $nin', { price: { $nin: [{}] } }, ['price', '$nin', 0], 'a string, a number'],
      ['$exists with a number', { price: { $exists: 1 } }, ['price', '$exists'], 'true or false'],
      ['an infinite number', { price: Infinity }, ['price'], '64-bit float'],
      ['a huge number', JSON.parse('{"price": {"$lt": -1e400}}'), ['price', '$lt'], '64-bit float'],
      ['no number', { price: { $in: [NaN] } }, ['price', '$in', 0], '64-bit float'],
      ['NUL in a string', { price: 'a\0' }, ['price'], 'Remove NUL'],
      ['half a surrogate pair', { price: { $in: ['\udc00'] } }, ['price', '$in', 0], 'unpaired surrogates'],
      [
        'a part deep inside',
        { $and: [{ $not: { price: { $gte: {} } } }] },
        ['$and', 0, '$not', 'price', '$gte'],
        'a string',
      ],
    ])('refuses %s', (_name, input, path, message) => {
      const error = refuse(input);
      expect(error.path).toEqual(path);
      expect(error.message).toContain(message);
    });

    it('cuts the keys of its path', () => {
      expect(refuse({ [`$${'x'.repeat(10_000)}`]: 1 }).path).toEqual([`$${'x'.repeat(255)}`]);
      expect(refuse({ price: { ['x'.repeat(10_000)]: 1 } }).path).toEqual(['price', 'x'.repeat(256)]);
    });

    it('quotes no value', () => {
      expect(refuse({ price: `secret\0` }).message).not.toContain('secret');
    });
  });

  describe('limits', () => {
    const distinct = (count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, index]));

    it.each<[string, unknown]>([
      ['10 levels', nest(10)],
      ['200 fields', distinct(200)],
      ['200 filters in a list', { $or: repeat(200, { price: 5 }) }],
      ['200 empty filters', { $or: repeat(200, {}) }],
      ['1,000 values', { price: { $in: repeat(1_000, 'x') } }],
      ['4,096 characters', { price: 'x'.repeat(4_096) }],
    ])('takes %s', (_name, input) => {
      expect(() => parseFilter(input)).not.toThrow();
    });

    it.each<[string, unknown, (string | number)[], string]>([
      ['11 levels', nest(11), repeat(11, '$not'), 'at most 10 deep'],
      [
        '100,000 levels',
        JSON.parse(`${'{"$or":['.repeat(1e5)}{}${']}'.repeat(1e5)}`),
        [...repeat(10, ['$or', 0]).flat(), '$or'],
        'at most 10 deep',
      ],
      ['201 fields', distinct(201), ['field200'], 'at most 200 conditions'],
      [
        '201 operators',
        { $and: repeat(101, { price: { $gt: 1, $lt: 2 } }) },
        ['$and', 100, 'price'],
        'at most 200 conditions',
      ],
      ['201 empty filters', { $or: repeat(201, {}) }, ['$or', 200], 'at most 200 conditions'],
      ['1,001 values', { price: { $nin: repeat(1_001, 1) } }, ['price', '$nin'], 'at most 1000'],
      ['4,097 characters', { price: { $gt: 'x'.repeat(4_097) } }, ['price', '$gt'], 'at most 4096'],
    ])('refuses %s', (_name, input, path, message) => {
      const error = refuse(input);
      expect(error.path).toEqual(path);
      expect(error.message).toContain(message);
    });
  });
});
