import { Injectable, type OnModuleInit } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { JobAcceptedDto } from '../../common/http/job-accepted.js';
import type { TemporaryFile } from '../../common/http/uploads/temporary-file.js';
import { UploadDirectory } from '../../common/http/uploads/upload-directory.js';
import type { JobContext, JobHandler } from '../../core/jobs/job-handler.js';
import { JobHandlers } from '../../core/jobs/job-handlers.js';
import { Jobs } from '../../core/jobs/jobs.js';
import type { IndexFileDto, IndexFileResultDto } from '../dto/index-file.dto.js';
import { IndexPlanner } from '../indexing/index-planner.js';
import { FilesService } from './files.service.js';

const FILE = 'file';

export interface IndexFilePayload {
  readonly request: IndexFileDto;
  readonly name: string;
  readonly mediaType: string;
  /** Of the file, in hexadecimal: the same key with another file is another request. */
  readonly sha256: string;
}

/** Stores a file in the background. What is wrong with the file itself is the job's problem. */
@Injectable()
export class IndexFileJob implements JobHandler<IndexFilePayload, object, IndexFileResultDto>, OnModuleInit {
  readonly kind = 'rag.index-file';

  constructor(
    private readonly jobs: Jobs,
    private readonly handlers: JobHandlers,
    private readonly planner: IndexPlanner,
    private readonly files: FilesService,
    private readonly directory: UploadDirectory,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async submit(
    { path, name, mediaType }: TemporaryFile,
    request: IndexFileDto,
    idempotencyKey: string | null,
    signal: AbortSignal,
  ): Promise<JobAcceptedDto> {
    // Refused now rather than in the job: options, models, and a model other than the collection's.
    await this.planner.plan({ ...request, documents: [] });
    const payload: IndexFilePayload = { request, name, mediaType, sha256: await hashFile(path) };
    const files = [{ name: FILE, open: () => createReadStream(path) }];
    return JobAcceptedDto.of(
      await this.jobs.submit({ kind: this.kind, payload, files, idempotencyKey, signal }),
    );
  }

  async run(payload: IndexFilePayload, context: JobContext): Promise<IndexFileResultDto> {
    const path = join(await this.directory.path(), randomUUID());
    try {
      await store(context.readFile(FILE), path, context.signal);
      const { size } = await stat(path);
      const file = { path, size, name: payload.name, mediaType: payload.mediaType };
      const result = await this.files.index(file, payload.request, context.signal);
      await context.save({ done: 1, total: 1 });
      return result;
    } finally {
      await this.directory.remove(path);
    }
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function store(content: Readable, path: string, signal: AbortSignal): Promise<void> {
  return pipeline(content, createWriteStream(path), { signal });
}
