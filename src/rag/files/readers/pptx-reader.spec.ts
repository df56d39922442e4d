import { pptxFile } from '../../../../test/support/files/office-files.js';
import { readBytes } from '../../../../test/support/files/read-bytes.js';

describe('presentations', () => {
  it('are read slide by slide, in the order of showing, with titles, tables and notes', async () => {
    const file = pptxFile([
      { title: 'Results', paragraphs: ['Up by 5 &lt; 6 %', 'Again'] },
      { paragraphs: ['No title here'] },
      {
        title: 'Plan',
        table: [
          ['Who', 'When'],
          ['Kim', 'May'],
        ],
        notes: 'Smile.',
      },
    ]);
    expect(await readBytes(file)).toEqual({
      format: 'pptx',
      title: 'Results',
      pages: 3,
      sections: [
        { slide: 1, text: '## Results\n\nUp by 5 < 6 %\nAgain', headings: ['Results'] },
        { slide: 2, text: 'No title here', headings: [] },
        { slide: 3, text: '## Plan\n\nWho | When\nKim | May\n\nNotes: Smile.', headings: ['Plan'] },
      ],
    });
  });

  it('have the title among their properties before any other', async () => {
    const { title } = await readBytes(pptxFile([{ title: 'Hello' }], 'Annual report'));
    expect(title).toBe('Annual report');
  });

  it('are refused when they say nothing', async () => {
    await expect(readBytes(pptxFile([{}, {}]))).rejects.toThrow('has no text');
  });
});
