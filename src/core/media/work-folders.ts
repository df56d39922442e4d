import { Injectable } from '@nestjs/common';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UploadDirectory } from '../../common/http/uploads/upload-directory.js';

/** A folder for what one recording is made into on its way. */
export interface WorkFolder {
  /** Path of a file in it. @param name of ours, never a client's */
  file(name: string): string;
  remove(): Promise<void>;
}

/** Makes folders beside the uploads of this process, so that they are gone with it, even when it is killed. */
@Injectable()
export class WorkFolders {
  constructor(private readonly directory: UploadDirectory) {}

  async create(): Promise<WorkFolder> {
    const path = await mkdtemp(join(await this.directory.path(), 'work-'));
    return {
      file: (name) => join(path, name),
      remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }),
    };
  }

  /** Runs `work` with a folder that is gone afterwards. */
  async with<T>(work: (folder: WorkFolder) => Promise<T>): Promise<T> {
    const folder = await this.create();
    try {
      return await work(folder);
    } finally {
      await folder.remove();
    }
  }
}
