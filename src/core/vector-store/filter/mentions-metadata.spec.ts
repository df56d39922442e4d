import { mentionsMetadata } from './mentions-metadata.js';
import { parseFilter } from './parse-filter.js';

const NAMES = new Set(['page']);

describe('mentionsMetadata', () => {
  it.each([
    { page: 4 },
    { page: { $in: [1, 2] } },
    { page: { $gte: 2 } },
    { 'metadata.page': { $exists: true } },
    { 'page.deeper': 1 },
    { $or: [{ title: 'a' }, { $not: { $and: [{ year: 1 }, { page: 1 }] } }] },
  ])('finds the name in %j', (filter) => {
    expect(mentionsMetadata(parseFilter(filter), NAMES)).toBe(true);
  });

  it.each([{}, { title: 'page' }, { pages: 4 }, { 'deeper.page': 1 }, { $or: [{ year: { $ne: 1 } }] }])(
    'does not find it in %j',
    (filter) => {
      expect(mentionsMetadata(parseFilter(filter), NAMES)).toBe(false);
    },
  );
});
