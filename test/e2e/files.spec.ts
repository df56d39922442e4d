import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { eventually } from '../support/eventually.js';
import { bodyOf, exactRequest } from '../support/exact-request.js';
import { docxFile, pptxFile, wordParagraph, xlsxFile } from '../support/files/office-files.js';
import { pdfFile } from '../support/files/pdf-file.js';
import { zipFile } from '../support/files/zip-file.js';
import { JsonClient } from '../support/json-client.js';
import { encodeMultipart } from '../support/multipart.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { allowForBusyMachine } from '../support/busy-machine.js';

allowForBusyMachine();

const PATH = '/api/v1/rag/index/file';
const MEBIBYTE = 1024 * 1024;
const LINKED = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const HANDBOOK = pdfFile(
  [['Welcome to the company.'], ['Employees get 25 days of holiday.'], ['Dogs are welcome on Fridays.']],
  {
    title: 'Handbook',
    outline: [
      ['Holiday', 2],
      ['Pets', 3],
    ],
  },
);

describe('POST /api/v1/rag/index/file', () => {
  let service: TestApp;
  let client: JsonClient;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'files-spec-'));
    service = await startTestApp({
      UPLOAD_DIR: folder,
      MAX_UPLOAD_BYTES: String(8 * MEBIBYTE),
      FILE_READERS: '1',
      FILE_READ_TIMEOUT_MS: '15000',
      FILE_READ_MEMORY_BYTES: String(256 * MEBIBYTE),
    });
    client = new JsonClient(service.url);
  });
  afterAll(async () => {
    await service.close();
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  const send = async (name: string, content: Buffer | string, fields: Record<string, string> = {}) => {
    const answer = await exactRequest(service.url, {
      method: 'POST',
      path: PATH,
      ...encodeMultipart(fields, [{ name, content }]),
    });
    return { status: answer.status, body: bodyOf(answer) };
  };
  const search = async (body: object) => {
    const answer = await client.post<{
      results: { document_id: string; text: string; title: string; metadata: object }[];
    }>('/api/v1/rag/search', body);
    expect(answer.status).toBe(200);
    return answer.body.results;
  };
  const isClean = () =>
    eventually(() => {
      expect(readdirSync(folder, { recursive: true })).toHaveLength(1);
    });

  it('stores a file whose passages say on which page they are', async () => {
    const { status, body } = await send('handbook.pdf', HANDBOOK, { collection: 'books', id: 'handbook' });
    expect([status, body]).toEqual([
      200,
      {
        collection: 'books',
        indexed: 1,
        unchanged: 0,
        chunks: 3,
        document_ids: ['handbook'],
        usage: expect.anything() as unknown,
        title: 'Handbook',
        pages: 3,
        characters: 88,
      },
    ]);
    const [best] = await search({ query: 'How many days of holiday?', collection: 'books', limit: 1 });
    expect(best).toMatchObject({
      text: 'Employees get 25 days of holiday.',
      title: 'Handbook',
      source: 'handbook.pdf',
      source_type: 'pdf',
      metadata: { page: 2, headings: ['Holiday'] },
    });
    const stored = await client.get('/api/v1/rag/collection/books/documents/handbook');
    expect(stored.body).toMatchObject({
      metadata: {},
      chunks: [
        { start: 0, metadata: { page: 1 } },
        { start: 25, end: 58, metadata: { page: 2, headings: ['Holiday'] } },
        { metadata: { page: 3, headings: ['Pets'] } },
      ],
    });
    await isClean();
  });

  it('has passages found by their place, in every mode', async () => {
    await send('handbook.pdf', HANDBOOK, { collection: 'places', metadata: '{"year":2026}' });
    for (const mode of ['dense', 'keyword', 'hybrid']) {
      const find = async (filter: object) => {
        const query = 'welcome to the company, dogs, employees';
        const results = await search({ query, mode, collection: 'places', filter });
        return results.map(({ metadata }) => (metadata as { page: number }).page).sort();
      };
      expect(await find({ page: 3 })).toEqual([3]);
      expect(await find({ page: { $lte: 2 }, year: 2026 })).toEqual([1, 2]);
      expect(await find({ headings: { $in: ['Holiday', 'Pets'] } })).toEqual([2, 3]);
      expect(await find({ headings: { $exists: false } })).toEqual([1]);
      expect(await find({ year: 2026 })).toEqual([1, 2, 3]);
    }
  });

  it("leaves alone what the document's own metadata says under these names", async () => {
    const metadata = JSON.stringify({ page: 'title page', sheet: null });
    await send('handbook.pdf', HANDBOOK, { collection: 'own', metadata });
    const filter = { page: 'title page' };
    const results = await search({ query: 'dogs', collection: 'own', filter });
    expect(results.map((result) => result.metadata)).toContainEqual({
      page: 'title page',
      sheet: null,
      headings: ['Pets'],
    });
    expect(await search({ query: 'dogs', collection: 'own', filter: { page: 3 } })).toEqual([]);
  });

  it('costs nothing when it is sent again unchanged, and replaces what has its id', async () => {
    const fields = { collection: 'again', id: 'a' };
    await send('a.md', '# One\n\nText.', fields);
    expect((await send('a.md', '# One\n\nText.', fields)).body).toMatchObject({ indexed: 0, unchanged: 1 });
    expect((await send('a.md', '# Two\n\nText.', fields)).body).toMatchObject({ indexed: 1, title: 'Two' });
    const { body } = await client.get('/api/v1/rag/collection/again/documents');
    expect(body).toMatchObject({ total: 1, documents: [{ title: 'Two' }] });
  });

  it.each([
    ['a.docx', docxFile(wordParagraph('Rules', 'Heading1') + wordParagraph('Be kind.')), 'docx', 'Rules'],
    ['b.pptx', pptxFile([{ title: 'Results', paragraphs: ['Up.'] }]), 'pptx', 'Results'],
    ['c.xlsx', xlsxFile([{ name: 'A', rows: '<row><c><v>5</v></c></row>' }]), 'xlsx', 'c'],
    ['d.html', '<title>Page</title><p>Text.', 'html', 'Page'],
    ['e.md', '# Notes\n\nText.', 'markdown', 'Notes'],
    ['f.csv', 'a,b\n1,2', 'csv', 'f'],
    ['../g.tar.txt', 'Text.', 'text', 'g.tar'],
  ])('takes %s by its bytes', async (name, content, type, title) => {
    const { status, body } = await send(name, content, { collection: type });
    expect([status, body['title']]).toEqual([200, title]);
    const { body: list } = await client.get(`/api/v1/rag/collection/${type}/documents`);
    expect(list).toMatchObject({ documents: [{ title, source_type: type, source: name.split('/').at(-1) }] });
  });

  it('opens no address that a file names', async () => {
    const visits: string[] = [];
    const canary = createServer((request, response) => {
      visits.push(request.url ?? '');
      response.end();
    }).listen(0, '127.0.0.1');
    await once(canary, 'listening');
    const address = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
    const target = `Type="${LINKED}/attachedTemplate" Target="${address}/a" TargetMode="External"`;
    const template = docxFile(wordParagraph('Text.'), [
      {
        name: 'word/_rels/settings.xml.rels',
        content: `<Relationships><Relationship Id="r1" ${target}/></Relationships>`,
      },
    ]);
    const page =
      `<html><head><base href="${address}/"><link rel="stylesheet" href="${address}/b"><script src="${address}/c">` +
      `</script></head><body><p>Text.<img src="${address}/d"><iframe src="${address}/e"></iframe></body></html>`;
    for (const [name, content] of [
      ['a.docx', template],
      ['b.html', page],
      ['c.md', `# Text\n\n![picture](${address}/f) <${address}/g>`],
    ] as const) {
      const answer = await send(name, content, { collection: 'linked', source: `${address}/h` });
      expect([name, answer.status]).toEqual([name, 200]);
    }
    canary.close();
    expect(visits).toEqual([]);
  });

  it('reads a file as a job, whose result or problem is that of the call', async () => {
    const submit = async (name: string, content: Buffer, key: string) => {
      const form = encodeMultipart({ collection: 'jobs', id: name }, [{ name, content }]);
      const headers = { ...form.headers, 'idempotency-key': key };
      const request = { method: 'POST', path: `${PATH}?async=true`, body: form.body, headers };
      const answer = await exactRequest(service.url, request);
      return { status: answer.status, body: bodyOf(answer) };
    };
    const ended = async (path: unknown, state: string) => {
      let job: Record<string, unknown> = {};
      await eventually(async () => {
        job = (await client.get(String(path))).body;
        expect(job['state']).toBe(state);
      });
      return job;
    };
    const accepted = await submit('handbook.pdf', HANDBOOK, 'one');
    expect(accepted.status).toBe(202);
    expect(await ended(accepted.body['status_url'], 'succeeded')).toMatchObject({
      kind: 'rag.index-file',
      progress: 1,
      result: { indexed: 1, chunks: 3, pages: 3, title: 'Handbook', document_ids: ['handbook.pdf'] },
    });
    expect((await submit('handbook.pdf', HANDBOOK, 'one')).body).toEqual(accepted.body);
    const other = Buffer.concat([HANDBOOK, Buffer.from('\n')]);
    expect((await submit('handbook.pdf', other, 'one')).status).toBe(409);
    const broken = await submit('broken.pdf', HANDBOOK.subarray(0, 100), 'two');
    expect(await ended(broken.body['status_url'], 'failed')).toMatchObject({
      problem: { status: 422, errors: [{ loc: ['body', 'file'] }] },
    });
    await isClean();
  });

  it.each([
    ['an empty file', 'a.pdf', '', 422, 'is empty'],
    ['a broken PDF', 'a.pdf', HANDBOOK.subarray(0, 100), 422, 'is broken'],
    ['scanned pages', 'a.pdf', pdfFile([[]]), 422, 'scanned'],
    ['a page called a document', 'a.docx', '<html><p>x</p></html>', 422, 'is not a Word document'],
    ['a zip bomb', 'a.docx', zipFile([{ name: 'a', content: Buffer.alloc(50 * MEBIBYTE) }]), 422, 'zip bomb'],
    ['a broken archive', 'a.xlsx', Buffer.from('PK\u0003\u0004nonsense'), 422, 'is broken'],
    ['too much text', 'a.txt', 'words '.repeat(1_000_000), 422, 'characters of text'],
    ['a picture', 'a.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 415, 'image/png'],
    ['bytes', 'a', Buffer.from([0, 1, 2, 3, 0, 1, 2, 3]), 415, 'PDF, DOCX, PPTX, XLSX, HTML, Markdown, CSV'],
    ['a file that is too large', 'a.txt', Buffer.alloc(8 * MEBIBYTE + 1, 'a'), 413, 'MAX_UPLOAD_BYTES'],
  ])('refuses %s', async (_, name, content, status, detail) => {
    const answer = await send(name, content, { collection: 'refused' });
    expect([answer.status, answer.body['detail']]).toEqual([status, expect.stringContaining(detail)]);
    if (status === 422) expect(answer.body['errors']).toMatchObject([{ loc: ['body', 'file'] }]);
    await isClean();
  });

  it.each([
    ['chunk_overlap', { chunk_size: '10', chunk_overlap: '10' }],
    ['metadata', { metadata: JSON.stringify({ a: 'x'.repeat(70_000) }) }],
    ['embedding_model', { embedding_model: 'nonsense' }],
    ['file', { chunk_size: '1', chunk_overlap: '0' }],
  ])('points at %s', async (field, fields) => {
    const text = Array.from({ length: 60_000 }, (_, index) => `word${index}`).join(' ');
    const answer = await send('a.txt', text, { collection: 'refused', ...fields });
    expect([answer.status, answer.body['errors']]).toMatchObject([422, [{ loc: ['body', field] }]]);
  });

  it('keeps answering while a hostile file uses up its memory, which is then refused', async () => {
    const bomb = pdfBomb();
    const sent = send('bomb.pdf', bomb, { collection: 'refused' });
    const started = performance.now();
    expect((await client.get('/health')).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(2000);
    const { status, body } = await sent;
    expect([status, body['errors']]).toMatchObject([422, [{ loc: ['body', 'file'] }]]);
    await isClean();
  });

  it('stops reading, and forgets the file, when the client hangs up', async () => {
    const { body, headers } = encodeMultipart({ collection: 'refused' }, [
      { name: 'a.pdf', content: HANDBOOK },
    ]);
    const hangUp = new AbortController();
    const sent = fetch(service.url + PATH, { method: 'POST', body, headers, signal: hangUp.signal });
    await eventually(() => {
      expect(readdirSync(folder, { recursive: true }).length).toBeGreaterThan(1);
    });
    hangUp.abort();
    await expect(sent).rejects.toThrow();
    await isClean();
    const { body: list } = await client.get<{ collections: { name: string }[] }>('/api/v1/rag/collections');
    expect(list.collections.map(({ name }) => name)).not.toContain('refused');
  });
});

/** A PDF whose one page is compressed a thousandfold. */
function pdfBomb(): Buffer {
  const file = pdfFile([['x']]).toString('latin1');
  const content = deflateSync(Buffer.alloc(400 * MEBIBYTE, ' '));
  const stream = Buffer.concat([
    Buffer.from(`<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n`),
    content,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
  const [before = '', rest = ''] = file.split(/(?<=5 0 obj\n)/u);
  return Buffer.concat([
    Buffer.from(before, 'latin1'),
    stream,
    Buffer.from(rest.slice(rest.indexOf('endobj\n') + 7), 'latin1'),
  ]);
}
