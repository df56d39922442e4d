import { Injectable } from '@nestjs/common';
import { openAsBlob } from 'node:fs';
import { mapConcurrently } from '../common/async/map-concurrently.js';
import { RateLimitedError } from '../common/errors/rate-limited.error.js';
import { AppConfig } from '../config/app-config.js';
import type { TimestampKind, Transcription, TranscriptionModel } from '../core/llm/transcription-model.js';
import type { DecodedSpeech } from '../core/media/decoded-speech.js';
import { SPEECH_SAMPLE_RATE } from '../core/media/level-meter.js';
import { SpeechDecoder } from '../core/media/speech-decoder.js';
import { WorkFolders } from '../core/media/work-folders.js';
import { billedSeconds } from './costs.js';
import { pieceAudio } from './pieces/piece-audio.js';
import { pieceLimits } from './pieces/piece-limits.js';
import { type Piece, planPieces } from './pieces/plan-pieces.js';
import { stitch, type TranscribedPiece } from './pieces/stitch.js';
import type { Transcript } from './transcript.js';

export interface TranscriptionTask {
  /** Path of the recording. */
  readonly path: string;
  readonly model: TranscriptionModel;
  readonly language?: string | undefined;
  readonly prompt?: string | undefined;
  readonly temperature?: number | undefined;
  /** The times that are wanted. */
  readonly timestamps: readonly TimestampKind[];
  readonly signal: AbortSignal;
  /** What an interrupted run has done already, and where to note what this one does. Jobs have one, requests don't. */
  readonly journal?: PieceJournal | undefined;
}

/** Remembers finished pieces, so that none is paid for twice. */
export interface PieceJournal {
  /** Null for a piece that is not finished. */
  find(piece: Piece): Transcription | null;
  /** Called for each piece that is finished now, one call after the other. @param total number of pieces */
  note(piece: Piece, transcription: Transcription, total: number): Promise<void>;
}

export interface TranscribedRecording {
  readonly transcript: Transcript;
  /** Length of the recording, in seconds. */
  readonly durationSeconds: number;
  readonly billedSeconds: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** Transcribes recordings of any length: decoded, cut at silences, sent some pieces at a time, put together again. */
@Injectable()
export class Transcriber {
  constructor(
    private readonly config: AppConfig,
    private readonly decoder: SpeechDecoder,
    private readonly folders: WorkFolders,
  ) {}

  /** @throws UnusableMediaError, and what the decoder and the model throw */
  transcribe(task: TranscriptionTask): Promise<TranscribedRecording> {
    return this.folders.with(async (folder) => {
      const { signal, journal } = task;
      const speech = await this.decoder.decode(task.path, folder, { signal, isJob: journal !== undefined });
      const pieces = this.plan(speech, task);
      const parts = await this.transcribePieces(speech, pieces, task);
      return { ...summarize(parts), durationSeconds: speech.samples / SPEECH_SAMPLE_RATE };
    });
  }

  /**
   * Looks into a recording that is to be transcribed later, unless too many wait for that: then it will be seen then.
   * @throws UnusableMediaError, and what else `SpeechDecoder.inspect` throws
   */
  async inspect(path: string, signal: AbortSignal): Promise<void> {
    try {
      await this.decoder.inspect(path, signal);
    } catch (error) {
      if (!(error instanceof RateLimitedError)) throw error;
    }
  }

  private plan(speech: DecodedSpeech, { model, timestamps }: TranscriptionTask): Piece[] {
    const { pieceSeconds } = this.config.transcription;
    const limits = pieceLimits(model.descriptor, { pieceSeconds, wantsTimes: timestamps.length > 0 });
    return planPieces(speech.levels, speech.samples, limits);
  }

  private async transcribePieces(
    speech: DecodedSpeech,
    pieces: readonly Piece[],
    task: TranscriptionTask,
  ): Promise<TranscribedPiece[]> {
    if (pieces.length === 0) return [];
    const samples = await openAsBlob(speech.path);
    const limit = this.config.transcription.concurrency;
    let noted = Promise.resolve();
    return mapConcurrently(pieces, { limit, signal: task.signal }, async (piece, signal) => {
      const finished = task.journal?.find(piece);
      if (finished) return { piece, transcription: finished };
      const transcription = await transcribePiece(samples, piece, task, signal);
      noted = noted.then(() => task.journal?.note(piece, transcription, pieces.length));
      await noted;
      return { piece, transcription };
    });
  }
}

function transcribePiece(
  samples: Blob,
  piece: Piece,
  { model, language, prompt, temperature, timestamps }: TranscriptionTask,
  signal: AbortSignal,
): Promise<Transcription> {
  return model.transcribe({
    audio: pieceAudio(samples, piece),
    seconds: (piece.end - piece.start) / SPEECH_SAMPLE_RATE,
    language,
    prompt,
    temperature,
    timestamps,
    signal,
  });
}

function summarize(parts: readonly TranscribedPiece[]): Omit<TranscribedRecording, 'durationSeconds'> {
  const sum = (of: (part: TranscribedPiece) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    transcript: stitch(parts),
    billedSeconds: sum(({ piece, transcription }) => transcription.billedSeconds ?? billedSeconds(piece)),
    promptTokens: sum(({ transcription }) => transcription.promptTokens),
    completionTokens: sum(({ transcription }) => transcription.completionTokens),
  };
}
