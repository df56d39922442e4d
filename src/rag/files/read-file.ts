import { open, readFile as readBytes, stat } from 'node:fs/promises';
import { findMainPart, type MainPart } from './archive/office-format.js';
import { OfficeArchive } from './archive/office-archive.js';
import { decodeHtml } from './detection/decode-html.js';
import { decodeText } from './detection/decode-text.js';
import { detectFormat, type DetectedFormat, HEAD_BYTES } from './detection/detect-format.js';
import type { FileText } from './file-text.js';
import { UnreadableFileError } from './unreadable-file.error.js';

/**
 * What a file says. It may be hostile: call this where its time and memory are bounded.
 * @param name what its sender calls it
 * @throws UnsupportedFileError, UnreadableFileError
 */
export async function readFile(path: string, name: string): Promise<FileText> {
  const { size } = await stat(path);
  const text = await readAs(await detectFormat(await readHead(path), name, size), path);
  if (text.sections.length === 0) throw new UnreadableFileError('has no text');
  return text;
}

/** Each reader is loaded when it is needed: together they take a second. */
async function readAs(format: DetectedFormat, path: string): Promise<FileText> {
  switch (format) {
    case 'pdf':
      return (await import('./readers/pdf-reader.js')).readPdf(path);
    case 'office':
      return readOffice(path);
    case 'html':
      return (await import('./readers/html-reader.js')).readHtml(decodeHtml(await readBytes(path)));
    case 'markdown':
      return (await import('./readers/markdown-reader.js')).readMarkdown(decodeText(await readBytes(path)));
    case 'csv':
      return (await import('./readers/csv-reader.js')).readCsv(decodeText(await readBytes(path)));
    case 'text':
      return (await import('./readers/text-reader.js')).readPlainText(decodeText(await readBytes(path)));
  }
}

async function readOffice(path: string): Promise<FileText> {
  const archive = await OfficeArchive.open(path);
  try {
    return await readMainPart(archive, await findMainPart(archive), path);
  } finally {
    archive.close();
  }
}

async function readMainPart(archive: OfficeArchive, main: MainPart, path: string): Promise<FileText> {
  switch (main.format) {
    case 'docx':
      return (await import('./readers/docx-reader.js')).readDocx(archive, path);
    case 'pptx':
      return (await import('./readers/pptx-reader.js')).readPptx(archive, main.name);
    case 'xlsx':
      return (await import('./readers/xlsx-reader.js')).readXlsx(archive, main.name);
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
