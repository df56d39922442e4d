import { Logger } from '@nestjs/common';
import { resolve } from 'node:path';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { lockDataDirectory } from './data-directory-lock.js';
import { makeSocketDirectory, removeSocketDirectory, socketPath } from './socket-directory.js';

/** PostgreSQL with pgvector inside this process, listening on a Unix socket that only this user can reach. */
export class EmbeddedPostgres {
  private closing: Promise<void> | null = null;

  private constructor(
    /** Folder of the socket, as pg's `host`. */
    readonly host: string,
    private readonly directory: string,
    private readonly worker: Worker,
    private readonly exited: Promise<void>,
    private readonly unlock: () => Promise<void>,
  ) {}

  /** @throws DataDirectoryInUseError when another process works on the folder */
  static async start(dataDirectory: string): Promise<EmbeddedPostgres> {
    const directory = resolve(dataDirectory);
    const unlock = await lockDataDirectory(directory, abandonDataDirectory);
    const host = await makeSocketDirectory(directory);
    const worker = new Worker(new URL('./postgres-worker.mjs', import.meta.url), {
      workerData: { directory, socketPath: socketPath(host) },
    });
    const exited = new Promise<void>((resolve) =>
      worker.once('exit', () => {
        resolve();
      }),
    );
    try {
      await Promise.race([once(worker, 'message'), exited.then(failToStart)]);
    } catch (error) {
      await removeSocketDirectory(directory);
      await unlock();
      throw error;
    }
    return new EmbeddedPostgres(host, directory, worker, exited, unlock);
  }

  close(): Promise<void> {
    this.closing ??= this.stop();
    return this.closing;
  }

  private async stop(): Promise<void> {
    this.worker.postMessage('close');
    await this.exited;
    await removeSocketDirectory(this.directory);
    await this.unlock();
  }
}

function failToStart(): never {
  throw new Error('The embedded database ended while it was starting.');
}

// Two processes writing one cluster would corrupt it, so the one that lost the folder stops where it stands.
function abandonDataDirectory(): void {
  new Logger(EmbeddedPostgres.name).fatal('Another process has taken over DATA_DIR; this one stops.');
  process.exit(1);
}
