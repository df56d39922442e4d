import { Injectable } from '@nestjs/common';
import type { TranscriptionModel } from '../core/llm/transcription-model.js';
import { TranscriptionModels } from '../core/llm/transcription-models.js';
import type { TranscribeDto } from './dto/transcription-request.dto.js';
import { checkAbilities, named, neededTimestamps } from './model-choice.js';
import { type PieceJournal, type TranscribedRecording, Transcriber } from './transcriber.js';

export interface TranscriptionRun {
  readonly signal: AbortSignal;
  readonly journal?: PieceJournal;
}

/** Transcription as requests ask for it. */
@Injectable()
export class TranscriptionService {
  constructor(
    private readonly models: TranscriptionModels,
    private readonly transcriber: Transcriber,
  ) {}

  /**
   * The model that a request wants.
   * @throws ValidationError when there is none, or when it can't do what is asked; NotConfiguredError without a provider
   */
  modelFor(request: TranscribeDto): TranscriptionModel {
    checkAbilities(
      named(() => this.models.describe(request.model)),
      request,
    );
    return named(() => this.models.get(request.model));
  }

  /** @param path of the recording @throws UnusableMediaError for what is no recording */
  transcribe(request: TranscribeDto, path: string, run: TranscriptionRun): Promise<TranscribedRecording> {
    const { language, prompt, temperature } = request;
    return this.transcriber.transcribe({
      path,
      model: this.modelFor(request),
      language,
      prompt,
      temperature,
      timestamps: neededTimestamps(request),
      ...run,
    });
  }
}
