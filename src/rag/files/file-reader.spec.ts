import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { RateLimitedError } from '../../common/errors/rate-limited.error.js';
import { loadConfig } from '../../config/load-config.js';
import { FileReader } from './file-reader.js';

const NEVER = new AbortController().signal;
const WAITING = 16;

describe('FileReader', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'file-reader-spec-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const reader = (settings: Record<string, string> = {}) =>
    new FileReader(loadConfig({ FILE_READERS: '1', ...settings }));
  const file = (name: string, content: string | Buffer) => {
    const path = join(folder, 'x');
    writeFileSync(path, content);
    return { path, name, mediaType: 'nonsense/nonsense', size: 0 };
  };

  it('reads a file in another process', async () => {
    const text = await reader().read(file('a.md', '# Title\n\nText.'), NEVER);
    expect(text).toMatchObject({ format: 'markdown', title: 'Title', sections: [{ headings: ['Title'] }] });
  });

  it('says at which field what is wrong, and what it takes', async () => {
    await expect(reader().read(file('a.pdf', ''), NEVER)).rejects.toMatchObject({
      code: 'validation-error',
      message: 'file is empty',
    });
    await expect(reader().read(file('a', Buffer.from([0, 1, 2])), NEVER)).rejects.toMatchObject({
      code: 'unsupported-media-type',
      message: 'Send PDF, DOCX, PPTX, XLSX, HTML, Markdown, CSV and plain text.',
    });
  });

  it('lets so many files wait, and no more, and forgets those whose client has gone', async () => {
    const busy = reader();
    const hangUp = new AbortController();
    const text = file('a.txt', 'Text.');
    const waiting = Array.from({ length: 1 + WAITING }, () => busy.read(text, hangUp.signal));
    await expect(busy.read(text, NEVER)).rejects.toBeInstanceOf(RateLimitedError);
    hangUp.abort(new Error('gone'));
    const results = await Promise.allSettled(waiting);
    expect(results.map(({ status }) => status)).toEqual(Array(1 + WAITING).fill('rejected'));
    expect((await busy.read(text, NEVER)).format).toBe('text');
  });

  it('gives up after its time', async () => {
    // Each of a million closing tags is looked for among a million open ones.
    const slow = file('a.html', `<html>${'<b>'.repeat(300_000)}${'</x>'.repeat(300_000)}`);
    const reading = reader({ FILE_READ_TIMEOUT_MS: '3000' }).read(slow, NEVER);
    await expect(reading).rejects.toThrow('file takes longer than 3 s to read');
  });

  it('gives up at its share of memory', async () => {
    const length = 800 * 1024 * 1024;
    const bytes = deflateSync(Buffer.alloc(length, 32));
    const content = Buffer.concat([
      Buffer.from(
        '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n' +
          '2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n' +
          '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n' +
          `4 0 obj\n<< /Length ${bytes.length} /Filter /FlateDecode >>\nstream\n`,
      ),
      bytes,
      Buffer.from('\nendstream\nendobj\ntrailer\n<< /Size 5 /Root 1 0 R >>\n%%EOF'),
    ]);
    const reading = reader({ FILE_READ_MEMORY_BYTES: String(200 * 1024 * 1024) }).read(
      file('a.pdf', content),
      NEVER,
    );
    await expect(reading).rejects.toThrow('file takes too much memory to read');
  });
});
