import iconv from 'iconv-lite';
import { docxFile, wordParagraph } from '../../../../test/support/files/office-files.js';
import { zipFile } from '../../../../test/support/files/zip-file.js';
import { readBytes } from '../../../../test/support/files/read-bytes.js';
import { decodeHtml } from './decode-html.js';
import { decodeText, looksLikeText } from './decode-text.js';
import { detectFormat } from './detect-format.js';

const detect = (content: Buffer | string, name = 'file') => {
  const bytes = Buffer.from(content);
  return detectFormat(bytes, name, bytes.length);
};
const COMPOUND = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');

describe('detectFormat', () => {
  it.each([
    ['a.docx', 'pdf', '%PDF-1.7'],
    ['a.txt', 'office', docxFile(wordParagraph('x'))],
    ['a', 'html', '<!doctype html><p>x'],
    ['a.txt', 'html', '  <html lang="en"><p>x'],
    ['a', 'html', '<?xml version="1.0"?><html xmlns="x">'],
    ['a.html', 'html', '<p>a part of a page</p>'],
    ['a', 'text', '<p>a part of a page</p>'],
    ['a.txt', 'text', 'We write <html> in pages.'],
    ['a.md', 'markdown', '# Title'],
    ['A.MARKDOWN', 'markdown', '# Title'],
    ['a.csv', 'csv', 'a,b'],
    ['a', 'text', '# Title'],
    ['a.json', 'text', '{"a":1}'],
  ] as const)('takes %s for %s by what is in it', async (name, format, content) => {
    expect(await detect(content as string, name)).toBe(format);
  });

  it.each([
    ['an empty file', '', 'a.txt', 'is empty'],
    ['text called a PDF', 'hello', 'a.pdf', 'is not a PDF'],
    ['a picture called a workbook', PNG, 'a.XLSX', 'is not a workbook'],
    [
      'an encrypted Office file',
      Buffer.concat([COMPOUND, Buffer.from('EncryptedPackage', 'utf16le')]),
      'a.docx',
      'is encrypted',
    ],
  ] as const)('refuses %s', async (_, content, name, message) => {
    await expect(detect(content as string, name)).rejects.toThrow(message);
  });

  it.each([
    ['a picture', PNG, 'image/png'],
    ['an old Office file', COMPOUND, 'before 2007'],
    ['bytes', Buffer.from([0, 1, 2, 3, 255, 254, 0, 0, 7]), 'unknown'],
    ['rich text', '{\\rtf1 hello}', 'rtf'],
  ])('does not take %s', async (_, content, found) => {
    await expect(detect(content, 'a.txt')).rejects.toThrow(found);
  });

  it('looks into archives', async () => {
    await expect(readBytes(zipFile([{ name: 'a.txt', content: 'x' }]), 'a.zip')).rejects.toThrow(
      'application/zip',
    );
    const types = { name: '[Content_Types].xml', content: '<Types/>' };
    await expect(readBytes(zipFile([types]), 'a.zip')).rejects.toThrow('application/zip');
  });
});

describe('decodeText', () => {
  const text = 'Füße und Äpfel, naïve café — 5 €, “quoted” words in a long enough sentence.';

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(text, 'utf16le')],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['Windows-1252', iconv.encode(text, 'windows-1252')],
  ])('reads %s', (_, bytes) => {
    expect(looksLikeText(bytes)).toBe(true);
    expect(decodeText(bytes)).toBe(text);
  });

  it.each([
    ['Shift_JIS', '名前,年齢,住所\r\n佐藤太郎,30,東京\r\n三木英子,25,大阪\r\n'],
    ['gbk', '今天天气很好，我们一起去公园散步吧。'],
    ['euc-kr', '오늘 날씨가 좋아서 우리는 함께 공원에 갔습니다.'],
    ['windows-1250', 'Příliš žluťoučký kůň úpěl ďábelské ódy, a to v každé době a na každém místě.'],
    [
      'windows-1251',
      'Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему. Все смешалось ' +
        'в доме Облонских.',
    ],
  ])('reads %s', (encoding, sentence) => {
    expect(decodeText(iconv.encode(sentence, encoding))).toBe(sentence);
  });
});

describe('decodeHtml', () => {
  it('believes what the page declares, unless its bytes say otherwise', () => {
    const page = (charset: string) => `<meta charset="${charset}"><p>Füße</p>`;
    expect(decodeHtml(Buffer.from(page('iso-8859-1'), 'latin1'))).toContain('Füße');
    expect(decodeHtml(Buffer.from(page('iso-8859-1')))).toContain('Füße');
    expect(decodeHtml(Buffer.from(page('nonsense'), 'latin1'))).toContain('<p>F');
    expect(decodeHtml(Buffer.from(`<?xml version="1.0" encoding='latin1'?><p>Füße`, 'latin1'))).toContain(
      'Füße',
    );
  });
});
