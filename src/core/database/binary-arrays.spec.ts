import { encodeBytesArray, encodeIntegerArray, encodeJsonArray, encodeTextArray } from './binary-arrays.js';

const header = (type: string, length: string, nulls = '00000000') =>
  `00000001${nulls}${type}${length}00000001`;

describe('binary arrays', () => {
  it('are laid out as PostgreSQL reads integers', () => {
    expect(encodeIntegerArray([7, -1]).toString('hex')).toBe(
      header('00000017', '00000002') + '0000000400000007' + '00000004ffffffff',
    );
  });

  it('are laid out as PostgreSQL reads texts, with null for none', () => {
    expect(encodeTextArray(['é', null, '']).toString('hex')).toBe(
      header('00000019', '00000003', '00000001') + '00000002c3a9' + 'ffffffff' + '00000000',
    );
  });

  it('are laid out as PostgreSQL reads bytes', () => {
    expect(encodeBytesArray([Buffer.from([0, 255])]).toString('hex')).toBe(
      header('00000011', '00000001') + '0000000200ff',
    );
  });

  it('are laid out as PostgreSQL reads JSON, the version of its form first', () => {
    expect(encodeJsonArray(['{}']).toString('hex')).toBe(
      header('00000eda', '00000001') + '00000003' + '017b7d',
    );
  });

  it('may be empty', () => {
    expect(encodeTextArray([]).toString('hex')).toBe(header('00000019', '00000000'));
  });
});
