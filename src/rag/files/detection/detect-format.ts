import { fileTypeFromBuffer } from 'file-type';
import { extname } from 'node:path';
import type { FileFormat } from '../file-text.js';
import { UnreadableFileError } from '../unreadable-file.error.js';
import { UnsupportedFileError } from '../unsupported-file.error.js';
import { decodeText, looksLikeText } from './decode-text.js';

/** How much of a file shows what it is, in bytes. */
export const HEAD_BYTES = 64 * 1024;

/** What a file is as far as its first bytes tell; `office` stands for an archive, which has to be looked into. */
export type DetectedFormat = Exclude<FileFormat, 'docx' | 'pptx' | 'xlsx'> | 'office';

const PDF_MARK = '%PDF-';
/** Readers look for it here, because some writers put other things first. */
const PDF_MARK_BYTES = 1024;
/** The container of Office files from before 2007, and of encrypted ones since. */
const COMPOUND = 'application/x-cfb';
const ARCHIVES = /zip|officedocument|ms-(?:word|excel|powerpoint)|opendocument|epub|java-archive/u;
const TEXT_TYPES = /^(?:text\/|application\/xml$)/u;
const HTML = /<(?:!doctype\s+html|html|head|body)\b/iu;
const LEADING_MARKUP = /^\s{0,1000}<(?:!|\?xml|[a-z])/iu;

const MARKDOWN_NAMES = new Set(['.md', '.markdown', '.mdown', '.mkd', '.mdx']);
const CSV_NAMES = new Set(['.csv', '.tsv']);
const HTML_NAMES = new Set(['.html', '.htm', '.xhtml']);
/** Formats whose files always begin with a mark of their own, by the ends of their names. */
const MARKED_NAMES: ReadonlyMap<string, string> = new Map([
  ['.pdf', 'a PDF'],
  ['.docx', 'a Word document'],
  ['.pptx', 'a presentation'],
  ['.xlsx', 'a workbook'],
]);

/**
 * Tells by a file's first bytes what it is. Its name only decides between kinds of text, which have no mark.
 * @param head the first bytes, at most `HEAD_BYTES`
 * @param size of the whole file
 * @throws UnsupportedFileError, or UnreadableFileError when it is empty, encrypted, or not what it is called
 */
export async function detectFormat(head: Buffer, name: string, size: number): Promise<DetectedFormat> {
  if (size === 0) throw new UnreadableFileError('is empty');
  if (head.subarray(0, PDF_MARK_BYTES).includes(PDF_MARK)) return 'pdf';
  const type = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime;
  if (type === COMPOUND) throw compound(head);
  if (type !== undefined && ARCHIVES.test(type)) return 'office';
  const extension = extname(name).toLowerCase();
  const claimed = MARKED_NAMES.get(extension);
  if (claimed !== undefined) throw new UnreadableFileError(`is not ${claimed}, though it is named like one`);
  const isText = (type === undefined || TEXT_TYPES.test(type)) && looksLikeText(head);
  if (!isText) throw new UnsupportedFileError(type ?? null);
  return textFormat(decodeText(head), extension);
}

function textFormat(text: string, extension: string): DetectedFormat {
  if (MARKDOWN_NAMES.has(extension)) return 'markdown';
  if (CSV_NAMES.has(extension)) return 'csv';
  if (HTML_NAMES.has(extension) && text.includes('<')) return 'html';
  return LEADING_MARKUP.test(text) && HTML.test(text.slice(0, 8192)) ? 'html' : 'text';
}

function compound(head: Buffer): Error {
  const isEncrypted = head.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return isEncrypted
    ? new UnreadableFileError('is encrypted; remove its password')
    : new UnsupportedFileError('application/x-cfb, the format of Office before 2007');
}
