import { SqlParameters } from './sql-parameters.js';

describe('SqlParameters', () => {
  it('numbers placeholders from one', () => {
    const parameters = new SqlParameters();
    expect([parameters.add('a'), parameters.add(['b'])]).toEqual(['$1', '$2']);
    expect(parameters.values).toEqual(['a', ['b']]);
  });

  it('goes on after the values that it begins with, and leaves their list alone', () => {
    const initial = ['a', 'b'];
    const parameters = new SqlParameters(initial);
    expect(parameters.add('c')).toBe('$3');
    expect(parameters.values).toEqual(['a', 'b', 'c']);
    expect(initial).toEqual(['a', 'b']);
  });
});
