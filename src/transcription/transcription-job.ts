import { Injectable, type OnModuleInit } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { JobAcceptedDto } from '../common/http/job-accepted.js';
import type { JobContext, JobHandler } from '../core/jobs/job-handler.js';
import { JobHandlers } from '../core/jobs/job-handlers.js';
import { Jobs } from '../core/jobs/jobs.js';
import type { Transcription } from '../core/llm/transcription-model.js';
import { storageErrors } from '../core/media/storage-errors.js';
import { WorkFolders } from '../core/media/work-folders.js';
import { type JobAnswer, toJobAnswer } from './answer.js';
import type { TranscribeDto } from './dto/transcription-request.dto.js';
import type { Piece } from './pieces/plan-pieces.js';
import { blame, type SentRecording } from './recordings.js';
import type { PieceJournal } from './transcriber.js';
import { TranscriptionService } from './transcription.service.js';

export interface TranscriptionPayload {
  readonly request: TranscribeDto;
  /** Of the recording, so that the same key with another file is noticed. */
  readonly sha256: string;
  /** Field that the recording came in. */
  readonly field: 'file' | 'audio_base64';
}

/** What a transcription job has paid for so far. */
export interface TranscriptionCheckpoint {
  readonly finished: readonly { readonly piece: Piece; readonly transcription: Transcription }[];
}

const RECORDING = 'recording';

/** Transcribes recordings in the background. A piece that is finished is never sent again. */
@Injectable()
export class TranscriptionJob
  implements JobHandler<TranscriptionPayload, TranscriptionCheckpoint, JobAnswer>, OnModuleInit
{
  readonly kind = 'transcription.transcribe';

  constructor(
    private readonly jobs: Jobs,
    private readonly handlers: JobHandlers,
    private readonly service: TranscriptionService,
    private readonly folders: WorkFolders,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  /** Refuses what the synchronous call would refuse before it looks into the recording; whoever submits has done that. */
  async submit(
    { audio_base64: _, ...request }: TranscribeDto,
    recording: SentRecording,
    { idempotencyKey, signal }: { readonly idempotencyKey: string | null; readonly signal: AbortSignal },
  ): Promise<JobAcceptedDto> {
    const open = () => openRecording(recording);
    const payload: TranscriptionPayload = {
      // The default may be another one by then.
      request: { ...request, model: this.service.modelFor(request).descriptor.id },
      sha256: await hashOf(open(), signal),
      field: recording.file === undefined ? 'audio_base64' : 'file',
    };
    const files = [{ name: RECORDING, open }];
    return JobAcceptedDto.of(
      await this.jobs.submit({ kind: this.kind, payload, files, idempotencyKey, signal }),
    );
  }

  run(
    { request, field }: TranscriptionPayload,
    context: JobContext<TranscriptionCheckpoint>,
  ): Promise<JobAnswer> {
    return this.folders.with(async (folder) => {
      const path = folder.file(RECORDING);
      const { signal } = context;
      await storageErrors(() => pipeline(context.readFile(RECORDING), createWriteStream(path), { signal }));
      const journal = new CheckpointJournal(context);
      const recording = await blame(field, () => this.service.transcribe(request, path, { signal, journal }));
      return toJobAnswer(recording, this.service.modelFor(request).descriptor, request);
    });
  }
}

/** Finished pieces as the job's checkpoint. */
class CheckpointJournal implements PieceJournal {
  private finished: TranscriptionCheckpoint['finished'];

  constructor(private readonly context: JobContext<TranscriptionCheckpoint>) {
    this.finished = context.checkpoint?.finished ?? [];
  }

  find({ start, end }: Piece): Transcription | null {
    const found = this.finished.find(({ piece }) => piece.start === start && piece.end === end);
    return found?.transcription ?? null;
  }

  async note(piece: Piece, transcription: Transcription, total: number): Promise<void> {
    this.finished = [...this.finished, { piece, transcription }];
    const { finished } = this;
    await this.context.save({ done: Math.min(finished.length, total), total, checkpoint: { finished } });
  }
}

function openRecording({ file, bytes }: SentRecording): Readable {
  return file === undefined ? Readable.from([bytes]) : createReadStream(file.path);
}

async function hashOf(content: Readable, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(content, hash, { signal });
  return hash.digest('hex');
}
