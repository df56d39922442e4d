import { PreparedStatements } from './prepared-statements.js';

describe('PreparedStatements', () => {
  it('gives a statement one name on each connection', () => {
    const statements = new PreparedStatements();
    const [one, other] = [{}, {}];
    const first = statements.nameOn(one, 'select 1');
    expect(first).toBeDefined();
    expect(statements.nameOn(one, 'select 2')).not.toBe(first);
    expect(statements.nameOn(one, 'select 1')).toBe(first);
    expect(statements.nameOn(other, 'select 2')).toBe(first);
  });

  it('names no more than a connection should keep', () => {
    const statements = new PreparedStatements();
    const connection = {};
    const names = Array.from({ length: 1000 }, (_, index) =>
      statements.nameOn(connection, `select ${index}`),
    );
    expect(new Set(names.filter((name) => name !== undefined)).size).toBe(200);
    expect(statements.nameOn(connection, 'select 0')).toBe(names[0]);
    expect(statements.nameOn(connection, 'select 999')).toBeUndefined();
  });
});
