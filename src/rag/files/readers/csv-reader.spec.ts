import { findDelimiter, readCsv } from './csv-reader.js';

const textOf = async (csv: string) => (await readCsv(csv)).sections.map(({ text }) => text).join('\n');

describe('CSV', () => {
  it('is read row by row, with the names of columns', async () => {
    expect(await textOf('name,city\nKim,"Oslo, Norway"\n"Bo ""B""",\n\n,Rome\n')).toBe(
      'name | city\nname: Kim; city: Oslo, Norway\nname: Bo "B"\ncity: Rome',
    );
  });

  it('may have no names of columns', async () => {
    expect(await textOf('1,2\n3,4')).toBe('1 | 2\n3 | 4');
    expect(await textOf('just\none\ncolumn')).toBe('just\none\ncolumn');
  });

  it.each([
    ['a,b;c\n1,2;3', ','],
    ['a;b\n1,5;2,5\n3;4', ';'],
    ['a\tb\n1\t2', '\t'],
    ['a|b|c\n1|2|3', '|'],
    ['', ','],
  ])('has its delimiter found in %j', (csv, delimiter) => {
    expect(findDelimiter(csv)).toBe(delimiter);
  });

  it('may have rows of any length', async () => {
    expect(await textOf('a,b\n1\n1,2,3')).toBe('a | b\na: 1\na: 1; b: 2; 3');
  });

  it('is refused when a quotation never ends, or there are too many rows', async () => {
    await expect(readCsv('a,b\n"1,2\n3,4')).rejects.toThrow('is broken');
    await expect(readCsv('a\n'.repeat(200_001))).rejects.toThrow('more than 200000 rows');
  });
});
