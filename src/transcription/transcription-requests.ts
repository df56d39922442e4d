import { Injectable, type StreamableFile } from '@nestjs/common';
import type { JobAcceptedDto } from '../common/http/job-accepted.js';
import type { TemporaryFile } from '../common/http/uploads/temporary-file.js';
import { toResult, toTextAnswer } from './answer.js';
import type { TranscribeDto } from './dto/transcription-request.dto.js';
import type { TranscriptionResultDto } from './dto/transcription-response.dto.js';
import { Recordings, sentRecording } from './recordings.js';
import { Transcriber } from './transcriber.js';
import { TranscriptionJob } from './transcription-job.js';
import { TranscriptionService } from './transcription.service.js';

/** How a request to transcribe wants to be handled. */
export interface TranscriptionMode {
  readonly async: boolean;
  readonly idempotencyKey: string | null;
  readonly signal: AbortSignal;
}

/** Answers requests to transcribe: with what was said, or with a job. */
@Injectable()
export class TranscriptionRequests {
  constructor(
    private readonly transcription: TranscriptionService,
    private readonly job: TranscriptionJob,
    private readonly recordings: Recordings,
    private readonly transcriber: Transcriber,
  ) {}

  async answer(
    request: TranscribeDto,
    file: TemporaryFile | undefined,
    mode: TranscriptionMode,
  ): Promise<TranscriptionResultDto | StreamableFile | JobAcceptedDto> {
    const sent = sentRecording(file, request.audio_base64);
    const { descriptor } = this.transcription.modelFor(request);
    const { signal } = mode;
    if (mode.async) {
      await this.recordings.use(sent, (path) => this.transcriber.inspect(path, signal));
      return this.job.submit(request, sent, mode);
    }
    const recording = await this.recordings.use(sent, (path) =>
      this.transcription.transcribe(request, path, { signal }),
    );
    return (
      toTextAnswer(recording.transcript, request.response_format) ?? toResult(recording, descriptor, request)
    );
  }
}
