import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileText } from '../../../src/rag/files/file-text.js';
import { readFile } from '../../../src/rag/files/read-file.js';

/** What a file with these bytes says, read in this process. */
export async function readBytes(content: Buffer | string, name = 'file'): Promise<FileText> {
  const folder = await mkdtemp(join(tmpdir(), 'read-file-'));
  try {
    const path = join(folder, 'x');
    await writeFile(path, content);
    return await readFile(path, name);
  } finally {
    await rm(folder, { recursive: true });
  }
}
