import { filterToSql } from './filter-to-sql.js';
import { parseFilter } from './parse-filter.js';
import { SqlParameters } from './sql-parameters.js';

function compile(input: unknown, initial: unknown[] = []): { sql: string; values: unknown[] } {
  const parameters = new SqlParameters(initial);
  const sql = filterToSql(parseFilter(input), parameters, 'd');
  return { sql, values: parameters.values };
}

describe('filterToSql', () => {
  it.each<[unknown, string, unknown[]]>([
    [{}, 'true', []],
    [{ $not: {} }, '(NOT true)', []],
    [{ price: { $in: [] } }, 'false', []],
    [{ title: 5 }, 'false', []],
    [{ title: { $lt: 5 } }, 'false', []],
    [{ title: 'a' }, '(d.title IS NOT NULL AND d.title = ANY($1::text[]))', [['a']]],
    [{ document_id: { $in: ['a', 5] } }, '(d.id IS NOT NULL AND d.id = ANY($1::text[]))', [['a']]],
    [{ source: { $gte: 'a' } }, '(d.source IS NOT NULL AND d.source COLLATE "C" >= $1::text)', ['a']],
    [{ source_type: null }, '(NOT (d.source_type IS NOT NULL))', []],
    [{ price: 5 }, '(d.metadata @? $1::jsonpath)', ['$ ? (@."price" == 5)']],
    [{ 'a.b': { $gt: 'x' } }, '(d.metadata @? $1::jsonpath)', ['$ ? (@."a"."b" > "x")']],
    [
      { a: { $in: [1, 'x', true] } },
      '(d.metadata @? $1::jsonpath)',
      ['$ ? (@."a" == 1 || @."a" == "x" || @."a" == true)'],
    ],
    [{ a: { $exists: true } }, '(d.metadata @? $1::jsonpath)', ['$ ? (@."a" != null)']],
    [
      { a: { $in: [1, 2, 3, 4, 5, 6, 7, 8, '9'] } },
      'EXISTS (SELECT FROM jsonb_path_query(d.metadata, $1::jsonpath) AS element(value) WHERE element.value = ANY($2::jsonb[]))',
      ['$."a"[*]', ['1', '2', '3', '4', '5', '6', '7', '8', '"9"']],
    ],
  ])('compiles %j', (input, sql, values) => {
    expect(compile(input)).toEqual({ sql, values });
  });

  it('numbers its placeholders after those of the statement', () => {
    expect(compile({ $or: [{ title: 'a' }, { $not: { price: 5 } }] }, ['collection', 10])).toEqual({
      sql: '((d.title IS NOT NULL AND d.title = ANY($3::text[])) OR (NOT (d.metadata @? $4::jsonpath)))',
      values: ['collection', 10, ['a'], '$ ? (@."price" == 5)'],
    });
  });

  it.each([`'; DROP TABLE documents; --`, `") || (1 == 1`, `\\") || true || ("`, '$1', '\\', '*/ OR true'])(
    'keeps %j out of the SQL and quoted in jsonpath',
    (text) => {
      const { sql, values } = compile(useEverywhere(text));
      expect(sql).toBe(compile(useEverywhere('harmless')).sql);
      expect(values[0]).toBe(`$ ? (@.${JSON.stringify(`a${text}`)} == ${JSON.stringify(text)})`);
    },
  );
});

/** A filter with the text in a field's name and in values, in every kind of condition. */
function useEverywhere(text: string): unknown {
  const fields = [`a${text}`, 'title'].flatMap((name) => [
    { [name]: text },
    { [name]: { $gt: text } },
    { [name]: { $in: Array.from({ length: 20 }, () => text) } },
    { [name]: { $exists: true } },
  ]);
  return { $and: fields };
}
