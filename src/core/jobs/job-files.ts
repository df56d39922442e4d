import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { PayloadTooLargeError } from '../../common/errors/payload-too-large.error.js';
import { AppConfig } from '../../config/app-config.js';
import { Database } from '../database/database.js';

/** One row's share: small enough for the memory of everybody on the way. */
export const PIECE_BYTES = 1024 * 1024;

/**
 * Files that jobs work on, in the database, so that whichever replica runs the job can read them. They are deleted
 * when the job ends.
 */
@Injectable()
export class JobFiles {
  private readonly maxBytes: number;

  constructor(
    private readonly database: Database,
    { jobs }: AppConfig,
  ) {
    this.maxBytes = jobs.maxFileBytes;
  }

  /**
   * Stores a file as it comes, never whole in memory.
   * @returns its size in bytes
   * @throws PayloadTooLargeError over `JOB_MAX_FILE_BYTES`, and the signal's reason; nothing of the file is left then
   */
  async store(
    jobId: string,
    name: string,
    content: AsyncIterable<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<number> {
    let size = 0;
    let position = 0;
    try {
      for await (const piece of inPieces(content)) {
        signal?.throwIfAborted();
        size += piece.length;
        if (size > this.maxBytes) throw tooLarge();
        await this.database.query(
          'insert into job_files (job_id, name, position, bytes) values ($1, $2, $3, $4)',
          [jobId, name, position, piece],
        );
        position += 1;
      }
      return size;
    } catch (error) {
      await this.delete(jobId);
      throw error;
    }
  }

  /** The file as a stream that fetches as it is read. A file that was never stored is empty. */
  read(jobId: string, name: string): Readable {
    return Readable.from(this.pieces(jobId, name), { objectMode: false, highWaterMark: 1 });
  }

  async delete(jobId: string): Promise<void> {
    await this.database.query('delete from job_files where job_id = $1', [jobId]);
  }

  private async *pieces(jobId: string, name: string): AsyncGenerator<Buffer> {
    for (let position = 0; ; position += 1) {
      const [row] = await this.database.query<{ bytes: Buffer }>(
        'select bytes from job_files where job_id = $1 and name = $2 and position = $3',
        [jobId, name, position],
      );
      if (row === undefined) return;
      yield row.bytes;
    }
  }
}

/** The same bytes in buffers of `PIECE_BYTES`, and a smaller one at the end. */
async function* inPieces(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let gathered: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content) {
    for (let start = 0; start < chunk.length;) {
      const part = chunk.subarray(start, start + PIECE_BYTES - size);
      gathered.push(part);
      size += part.length;
      start += part.length;
      if (size < PIECE_BYTES) continue;
      yield Buffer.concat(gathered, size);
      gathered = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(gathered, size);
}

function tooLarge(): PayloadTooLargeError {
  return new PayloadTooLargeError('The file is larger than JOB_MAX_FILE_BYTES allows; send it in parts.');
}
