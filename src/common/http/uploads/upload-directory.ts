import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppConfig } from '../../../config/app-config.js';
import { errorCode } from '../../errors/error-code.js';

const PREFIX = 'ml-service-uploads';

/** The folder of this process for files that clients send: made when the first one comes, gone with the process. */
@Injectable()
export class UploadDirectory implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(UploadDirectory.name);
  private made: Promise<string> | null = null;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(private readonly config: AppConfig) {}

  /** Takes away what killed processes left, while the service starts already. */
  onApplicationBootstrap(): void {
    this.sweeping = removeAbandoned(this.config.upload.directory).catch((error: unknown) => {
      this.logger.warn(`Abandoned uploads could not be removed (${errorCode(error) ?? 'unknown'}).`);
    });
  }

  path(): Promise<string> {
    this.made ??= this.make().catch((error: unknown) => {
      this.made = null;
      throw error;
    });
    return this.made;
  }

  /** Removes a file in it; does nothing where it is gone already. */
  async remove(path: string): Promise<void> {
    try {
      await rm(path, { force: true });
    } catch (error) {
      this.logger.warn(`A temporary file could not be removed (${errorCode(error) ?? 'unknown'}).`);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweeping;
    if (this.made !== null) await rm(await this.made, { recursive: true, force: true });
  }

  private async make(): Promise<string> {
    const parent = this.config.upload.directory;
    await mkdir(parent, { recursive: true });
    return mkdtemp(join(parent, `${ownPrefix()}${process.pid}-`));
  }
}

/** The folder may be shared with other machines, whose processes we can't see. */
function ownPrefix(): string {
  return `${PREFIX}-${hostname()}-`;
}

/** Removes what processes on this machine left that were killed. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await namesIn(parent)) {
    if (!name.startsWith(ownPrefix())) continue;
    const path = join(parent, name);
    const pid = Number.parseInt(name.slice(ownPrefix().length), 10);
    if (await isAbandoned(path, pid)) await rm(path, { recursive: true, force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function isAbandoned(path: string, pid: number): Promise<boolean> {
  if (Number.isNaN(pid)) return false;
  // A restarted container has its predecessor's host name and process id.
  if (pid === process.pid) return (await stat(path)).birthtimeMs < performance.timeOrigin;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
}
