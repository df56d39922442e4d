import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { type Entry, open, type ZipFile } from 'yauzl';
import { READING_LIMITS } from '../reading-limits.js';
import { UnreadableFileError } from '../unreadable-file.error.js';

/** An archive of a few megabytes may expand to anything within the limit. */
const ALWAYS_ALLOWED_BYTES = 32 * 1024 * 1024;

const openZip = promisify<string, { lazyEntries: boolean; autoClose: boolean }, ZipFile>(open);

/** The parts of an Office file. What the archive says about sizes is held against what comes out of it. */
export class OfficeArchive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws UnreadableFileError when it is broken, encrypted, or would expand beyond the limits */
  static async open(path: string): Promise<OfficeArchive> {
    const zip = await openZip(path, { lazyEntries: true, autoClose: false }).catch(rethrowBroken);
    const entries = await readEntries(zip).catch(rethrowBroken);
    refuseBomb(zip, entries);
    return new OfficeArchive(zip, entries);
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Bytes of a part, in pieces. @throws UnreadableFileError when it is missing or broken */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw new UnreadableFileError('is broken: a part of it is missing');
    let checksum = 0;
    try {
      for await (const piece of await this.stream(entry)) {
        checksum = crc32(piece as Buffer, checksum);
        yield piece as Buffer;
      }
    } catch (error) {
      rethrowBroken(error);
    }
    if (checksum !== entry.crc32) throw broken();
  }

  async readWhole(name: string): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.read(name)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  close(): void {
    this.zip.close();
  }

  private stream(entry: Entry): Promise<Readable> {
    return new Promise((resolve, reject) => {
      this.zip.openReadStream(entry, (error, stream) => {
        // Null on success, whatever the types say.
        if (error instanceof Error) reject(error);
        else resolve(stream);
      });
    });
  }
}

function readEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      if (entries.size >= READING_LIMITS.archiveEntries) {
        reject(new UnreadableFileError(`is an archive of more than ${READING_LIMITS.archiveEntries} files`));
        return;
      }
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once('error', reject);
    zip.once('end', () => {
      resolve(entries);
    });
    zip.readEntry();
  });
}

function refuseBomb(zip: ZipFile, entries: ReadonlyMap<string, Entry>): void {
  let expanded = 0;
  for (const entry of entries.values()) {
    if (entry.isEncrypted()) throw new UnreadableFileError('is encrypted; remove its password');
    expanded += entry.uncompressedSize;
  }
  const byRatio = Math.max(ALWAYS_ALLOWED_BYTES, READING_LIMITS.archiveRatio * zip.fileSize);
  if (expanded > Math.min(READING_LIMITS.archiveBytes, byRatio)) {
    throw new UnreadableFileError('expands to too much; it may be a zip bomb');
  }
}

function broken(cause?: unknown): UnreadableFileError {
  return new UnreadableFileError('is broken: it is no whole archive', { cause });
}

function rethrowBroken(error: unknown): never {
  throw error instanceof UnreadableFileError ? error : broken(error);
}
