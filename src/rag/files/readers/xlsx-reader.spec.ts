import { xlsxFile } from '../../../../test/support/files/office-files.js';
import { readBytes } from '../../../../test/support/files/read-bytes.js';

const STRINGS = '<si><t>Name</t></si><si><r><t>Ki</t></r><r><t>m</t></r><rPh><t>ignored</t></rPh></si>';

describe('workbooks', () => {
  it('are read row by row, with names of columns, dates and sheets', async () => {
    const rows = `
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Born</t></is></c><c r="C1" t="str"><v>Share</v></c></row>
      <row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>36526</v></c><c r="C2"><f>1/10+2/10</f><v>0.30000000000000004</v></c></row>
      <row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" s="2"><v>36526.5625</v></c><c r="C3" t="e"><v>#N/A</v></c></row>
      <row r="9"><c r="C9" s="3"><v>1234567</v></c></row>`;
    const file = xlsxFile(
      [
        { name: 'People', rows },
        { name: 'Secret', rows: '<row><c t="str"><v>x</v></c></row>', state: 'hidden' },
        { name: 'Empty', rows: '' },
        { name: 'Loose', rows: '<row><c t="str"><v>one</v></c><c t="str"><v>two</v></c></row>' },
      ],
      { strings: STRINGS },
    );
    expect(await readBytes(file)).toEqual({
      format: 'xlsx',
      title: null,
      pages: null,
      sections: [
        {
          sheet: 'People',
          headings: ['People'],
          text: [
            '## People\n\nName | Born | Share',
            'Name: Kim; Born: 2000-01-01; Share: 0.3',
            'Name: TRUE; Born: 2000-01-01 13:30',
            'Share: 1234567',
          ].join('\n'),
        },
        { sheet: 'Empty', headings: ['Empty'], text: '## Empty' },
        { sheet: 'Loose', headings: ['Loose'], text: '## Loose\n\none | two' },
      ],
    });
  });

  it('may count days from 1904', async () => {
    const rows = '<row><c r="A1" s="1"><v>0</v></c><c r="B1" s="2"><v>1.25</v></c></row>';
    const file = xlsxFile([{ name: 'A', rows }], { properties: '<workbookPr date1904="1"/>' });
    expect((await readBytes(file)).sections[0]?.text).toBe('## A\n\n00:00 | 1904-01-02 06:00');
  });

  it('may have a cell at the far end', async () => {
    const rows =
      '<row r="1"><c r="A1" t="str"><v>here</v></c><c r="XFD1" t="str"><v>too far</v></c></row>' +
      '<row r="1048576"><c r="A1048576" t="str"><v>there</v></c></row>';
    const { sections } = await readBytes(xlsxFile([{ name: 'A', rows }]));
    expect(sections[0]?.text).toBe('## A\n\nhere\nthere');
  });

  it('are refused when they are too long', async () => {
    const rows = '<row><c><v>1</v></c></row>'.repeat(200_001);
    await expect(readBytes(xlsxFile([{ name: 'A', rows }]))).rejects.toThrow('more than 200000 rows');
  });
});
