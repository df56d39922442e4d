import { pdfFile } from '../../../../test/support/files/pdf-file.js';
import { readBytes } from '../../../../test/support/files/read-bytes.js';

const WIDE = 'A line that is about as wide as the page allows it to be, more or less, con-';

describe('PDFs', () => {
  it('are read page by page, with title and outline', async () => {
    const file = pdfFile([['One.'], [], ['Three.'], ['Four.']], {
      title: 'Annual report',
      outline: [
        ['Beginning', 1],
        ['End', 3],
      ],
    });
    expect(await readBytes(file)).toEqual({
      format: 'pdf',
      title: 'Annual report',
      pages: 4,
      sections: [
        { page: 1, text: 'One.', headings: ['Beginning'] },
        { page: 3, text: 'Three.', headings: ['End'] },
        { page: 4, text: 'Four.', headings: ['End'] },
      ],
    });
  });

  it('have the lines of a paragraph put together, and divided words', async () => {
    const { sections } = await readBytes(pdfFile([[WIDE, 'tinued here.', 'Short.', '- item']]));
    expect(sections[0]?.text).toBe(`${WIDE.slice(0, -1)}tinued here.\nShort.\n- item`);
  });

  it('have lines that are far apart kept apart', async () => {
    const { sections } = await readBytes(pdfFile([[WIDE, 'tinued?']], { leading: 60 }));
    expect(sections[0]?.text).toBe(`${WIDE}\n\ntinued?`);
  });

  it.each(['untitled', '\\(anonymous\\)', 'Microsoft Word - a.doc', 'thesis.tex'])(
    'have no title where it is %s',
    async (title) => {
      expect((await readBytes(pdfFile([['One.']], { title }))).title).toBeNull();
    },
  );

  it('are found behind other bytes', async () => {
    const file = Buffer.concat([Buffer.from('\n\n'), pdfFile([['One.']])]);
    expect((await readBytes(file, 'a.txt')).sections[0]?.text).toBe('One.');
  });

  it('are refused when they are scanned or broken', async () => {
    await expect(readBytes(pdfFile([[], []]))).rejects.toThrow('has no text; if its pages are scanned');
    const whole = pdfFile([['One.']]);
    for (const file of [whole.subarray(0, 60), Buffer.from('%PDF-1.7\n'), Buffer.from('%PDF-1.7\n1 0 obj')]) {
      await expect(readBytes(file)).rejects.toThrow('is broken: it is no whole PDF');
    }
  });
});
