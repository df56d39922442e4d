import { ValidationError } from '../../common/errors/validation.error.js';
import { IndexDocumentsDto } from '../dto/index-request.dto.js';
import { chunkOptions, identifyDocuments } from './identified-document.js';

const OPTIONS = { chunkSize: 1000, chunkOverlap: 200 };

describe('identifyDocuments', () => {
  it('derives an id from text, title and source, and from nothing else', () => {
    const id = (document: object) => identifyDocuments([{ text: 'a', ...document }], OPTIONS)[0]!.id;
    expect(id({})).toMatch(/^doc_[\da-f]{32}$/u);
    expect(id({ metadata: { a: 1 }, source_type: 'web' })).toBe(id({}));
    expect(new Set([id({}), id({ title: 'b' }), id({ source: 'b' }), id({ text: 'b' })]).size).toBe(4);
  });

  it.each([
    [{ text: 'b' }],
    [{ title: 't' }],
    [{ source: 's' }],
    [{ source_type: 's' }],
    [{ metadata: { a: 2 } }],
  ])('sees that %j changed', (change) => {
    const hash = (document: object, options = OPTIONS) =>
      identifyDocuments(
        [{ id: 'x', text: 'a', metadata: { a: 1 }, ...document }],
        options,
      )[0]!.contentHash.toString('hex');
    expect(hash(change)).not.toBe(hash({}));
    expect(hash({}, { ...OPTIONS, chunkSize: 999 })).not.toBe(hash({}));
    expect(hash({})).toBe(hash({}));
  });

  it('refuses an id that is given twice, and points at the second', () => {
    const documents = [{ id: 'a', text: '1' }, { text: '2' }, { id: 'a', text: '3' }];
    expect(() => identifyDocuments(documents, OPTIONS)).toThrow(
      'documents[2].id must not repeat that of documents[0]',
    );
  });

  it('refuses too much metadata', () => {
    const documents = [{ text: '1', metadata: { big: 'x'.repeat(65_536) } }];
    expect(() => identifyDocuments(documents, OPTIONS)).toThrow(ValidationError);
  });
});

describe('chunkOptions', () => {
  const options = (change: object) => chunkOptions(Object.assign(new IndexDocumentsDto(), change));

  it('has an overlap that fits the size', () => {
    expect(options({})).toEqual({ chunkSize: 1000, chunkOverlap: 200 });
    expect(options({ chunk_size: 100 })).toEqual({ chunkSize: 100, chunkOverlap: 20 });
    expect(options({ chunk_size: 1 })).toEqual({ chunkSize: 1, chunkOverlap: 0 });
    expect(options({ chunk_size: 5000 })).toEqual({ chunkSize: 5000, chunkOverlap: 200 });
  });

  it('refuses an overlap that is not less than the size', () => {
    expect(() => options({ chunk_size: 100, chunk_overlap: 100 })).toThrow(
      'chunk_overlap must be less than chunk_size',
    );
  });
});
