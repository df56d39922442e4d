import mammoth from 'mammoth';
import { readFile } from 'node:fs/promises';
import { readDocumentTitle } from '../archive/document-title.js';
import type { OfficeArchive } from '../archive/office-archive.js';
import type { FileText } from '../file-text.js';
import { UnreadableFileError } from '../unreadable-file.error.js';
import { readHtml } from './html-reader.js';

const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  'comment-reference => sup',
];

/** A Word document. Mammoth makes HTML of it, which knows headings, lists and tables. */
export async function readDocx(archive: OfficeArchive, path: string): Promise<FileText> {
  await checkParts(archive);
  const html = await toHtml(path);
  const { title, sections } = readHtml(html);
  return { format: 'docx', title: (await readDocumentTitle(archive)) ?? title, pages: null, sections };
}

/** Mammoth expands parts without a look at what they say about themselves, so that is checked first. */
async function checkParts(archive: OfficeArchive): Promise<void> {
  for (const name of archive.names) {
    const isXml = /\.(?:xml|rels)$/iu.test(name);
    let tail = '';
    for await (const piece of archive.read(name)) {
      if (!isXml) continue;
      const text = tail + piece.toString('latin1');
      if (text.includes('<!DOCTYPE')) throw new UnreadableFileError('is broken: its XML has a document type');
      tail = text.slice(-'<!DOCTYPE'.length);
    }
  }
}

async function toHtml(path: string): Promise<string> {
  try {
    const images = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
    const { value } = await mammoth.convertToHtml(
      { buffer: await readFile(path) },
      { styleMap: STYLES, convertImage: images },
    );
    return value;
  } catch (error) {
    throw new UnreadableFileError('is broken: it is no whole Word document', { cause: error });
  }
}
