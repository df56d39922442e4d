import { docxFile, wordParagraph, wordTable } from '../../../../test/support/files/office-files.js';
import { readBytes } from '../../../../test/support/files/read-bytes.js';

describe('Word documents', () => {
  it('are read with their headings, lists of paragraphs and rows of tables', async () => {
    const body = [
      wordParagraph('Before all.'),
      wordParagraph('Leave', 'Heading1'),
      wordParagraph('Holiday', 'Heading2'),
      wordParagraph('25 days &amp; more.'),
      wordTable([
        ['Country', 'Days'],
        ['Norway', '25'],
      ]),
      wordParagraph('Sickness', 'Heading1'),
      wordParagraph('Get well.'),
    ].join('');
    expect(await readBytes(docxFile(body))).toEqual({
      format: 'docx',
      title: 'Leave',
      pages: null,
      sections: [
        { text: 'Before all.', headings: [] },
        { text: '# Leave', headings: ['Leave'] },
        {
          text: '## Holiday\n\n25 days & more.\n\nCountry | Days\nNorway | 25',
          headings: ['Leave', 'Holiday'],
        },
        { text: '# Sickness\n\nGet well.', headings: ['Sickness'] },
      ],
    });
  });

  it('leave images out', async () => {
    const image = `<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
      <a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>
      <pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>
      <a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rImage"/>
      </pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
    const { sections } = await readBytes(
      docxFile(image + wordParagraph('Text.'), [
        {
          name: 'word/_rels/document.xml.rels',
          content:
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rImage" ' +
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/a.png"/></Relationships>',
        },
        { name: 'word/media/a.png', content: Buffer.from('iVBORw0KGgo=', 'base64') },
      ]),
    );
    expect(sections).toEqual([{ text: 'Text.', headings: [] }]);
  });

  it('have their comments at the end', async () => {
    const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
    const body = wordParagraph('Text.') + '<w:p><w:r><w:commentReference w:id="0"/></w:r></w:p>';
    const comment = `<w:comment w:id="0" w:initials="KM">${wordParagraph('Really?')}</w:comment>`;
    const { sections } = await readBytes(
      docxFile(body, [
        {
          name: 'word/_rels/document.xml.rels',
          content:
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c" ' +
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>',
        },
        { name: 'word/comments.xml', content: `<w:comments ${word}>${comment}</w:comments>` },
      ]),
    );
    expect(sections[0]?.text).toContain('Text.');
    expect(sections[0]?.text).toContain('Really?');
  });

  it.each([
    ['is no XML', [{ name: 'word/document.xml', content: '<w:document' }]],
    [
      'declares entities',
      [{ name: 'word/document.xml', content: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }],
    ],
  ])('are refused when their text %s', async (_, parts) => {
    await expect(readBytes(docxFile('', parts))).rejects.toThrow('is broken');
  });

  it('are refused when they say nothing', async () => {
    await expect(readBytes(docxFile(wordParagraph(' ')))).rejects.toThrow('has no text');
  });
});
