import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipFile } from '../../../../test/support/files/zip-file.js';
import { OfficeArchive } from './office-archive.js';
import { readXml } from './read-xml.js';

const MEBIBYTE = 1024 * 1024;

describe('OfficeArchive', () => {
  let folder: string;
  const opened: OfficeArchive[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'archive-spec-'));
  });
  afterEach(() => {
    for (const archive of opened.splice(0)) archive.close();
    rmSync(folder, { recursive: true });
  });

  async function open(bytes: Buffer): Promise<OfficeArchive> {
    const path = join(folder, 'a.zip');
    writeFileSync(path, bytes);
    const archive = await OfficeArchive.open(path);
    opened.push(archive);
    return archive;
  }

  it('gives its parts by name', async () => {
    const archive = await open(zipFile([{ name: 'a/b.xml', content: 'ü' }]));
    expect(archive.names).toEqual(['a/b.xml']);
    expect((await archive.readWhole('a/b.xml')).toString()).toBe('ü');
    await expect(archive.readWhole('c')).rejects.toThrow('a part of it is missing');
  });

  it.each([
    ['a wrong checksum', { claimedChecksum: 5 }],
    ['more in it than it says', { claimedSize: 1 }],
    ['less in it than it says', { claimedSize: 1000 }],
  ])('is refused with %s', async (_, lie) => {
    const archive = await open(zipFile([{ name: 'a', content: 'content', ...lie }]));
    await expect(archive.readWhole('a')).rejects.toThrow('is broken');
  });

  it('is refused when it is cut off or encrypted', async () => {
    const whole = zipFile([{ name: 'a', content: 'content' }]);
    await expect(open(whole.subarray(0, -10))).rejects.toThrow('is broken');
    await expect(open(zipFile([{ name: 'a', content: 'x', isEncrypted: true }]))).rejects.toThrow(
      'encrypted',
    );
  });

  it('is refused when it would expand to too much', async () => {
    const zeros = Buffer.alloc(40 * MEBIBYTE);
    await expect(open(zipFile([{ name: 'a', content: zeros }]))).rejects.toThrow('zip bomb');
    await expect(open(zipFile([{ name: 'a', content: 'x', claimedSize: 4e9 }]))).rejects.toThrow('zip bomb');
    const many = Array.from({ length: 10_001 }, (_, index) => ({ name: String(index), content: '' }));
    await expect(open(zipFile(many))).rejects.toThrow('more than 10000 files');
  });
});

describe('readXml', () => {
  const read = async (xml: Buffer | string) => {
    const seen: string[] = [];
    const pieces = (async function* () {
      await Promise.resolve();
      const bytes = Buffer.from(xml);
      // One byte at a time: characters may come in parts.
      for (const byte of bytes) yield Buffer.of(byte);
    })();
    await readXml(pieces, {
      open: (name, attributes) => seen.push(`<${name} ${[...attributes].flat().join('=')}`),
      close: (name) => seen.push(`>${name}`),
      text: (text) => seen.push(text),
    });
    return seen;
  };

  it('tells what comes, by names without prefixes', async () => {
    const seen = await read('<a:b c:d="&lt;é"><e/>ü &amp; &#x41;</a:b>');
    expect(seen.join('')).toBe('<b c:d=<é<e >eü & A>b');
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'document type'],
    ['an entity that nobody declared', '<a>&b;</a>', 'no XML'],
    ['an early end', '<a><b></b>', 'no XML'],
    ['other things', 'hello', 'no XML'],
    ['too many levels', `${'<a>'.repeat(600)}${'</a>'.repeat(600)}`, 'nested too deep'],
  ])('refuses %s', async (_, xml, message) => {
    await expect(read(xml)).rejects.toThrow(message);
  });

  it('knows UTF-16 by its mark', async () => {
    const pieces = (async function* () {
      await Promise.resolve();
      yield Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<a>ü</a>', 'utf16le')]);
    })();
    const texts: string[] = [];
    await readXml(pieces, { text: (text) => texts.push(text) });
    expect(texts).toEqual(['ü']);
  });
});
