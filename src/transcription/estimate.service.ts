import { Injectable } from '@nestjs/common';
import type { TemporaryFile } from '../common/http/uploads/temporary-file.js';
import { ValidationError } from '../common/errors/validation.error.js';
import { AppConfig } from '../config/app-config.js';
import type { TranscriptionModelDescriptor } from '../core/llm/transcription-model.js';
import { TranscriptionModels } from '../core/llm/transcription-models.js';
import { SPEECH_SAMPLE_RATE } from '../core/media/level-meter.js';
import { SpeechDecoder } from '../core/media/speech-decoder.js';
import { WorkFolders } from '../core/media/work-folders.js';
import { billedSeconds, roundedCost } from './costs.js';
import type { EstimateCostDto } from './dto/transcription-request.dto.js';
import type { CostEstimateDto } from './dto/transcription-response.dto.js';
import { named } from './model-choice.js';
import { pieceLimits } from './pieces/piece-limits.js';
import { planPieces } from './pieces/plan-pieces.js';
import { blame } from './recordings.js';

/** What is known about a transcription before it is made. */
interface Outlook {
  readonly durationSeconds: number;
  readonly billedSeconds: number;
  readonly pieces: number;
}

@Injectable()
export class EstimateService {
  constructor(
    private readonly config: AppConfig,
    private readonly models: TranscriptionModels,
    private readonly decoder: SpeechDecoder,
    private readonly folders: WorkFolders,
  ) {}

  async estimate(
    request: EstimateCostDto,
    file: TemporaryFile | undefined,
    signal: AbortSignal,
  ): Promise<CostEstimateDto> {
    const model = named(() => this.models.describe(request.model));
    const outlook =
      file === undefined
        ? this.ofLength(request.duration_seconds, model)
        : await blame('file', () => this.ofRecording(file, model, signal));
    return {
      duration_seconds: Math.round(outlook.durationSeconds * 1000) / 1000,
      billed_seconds: outlook.billedSeconds,
      model: model.id,
      price_per_minute_usd: model.pricePerMinute,
      estimated_cost_usd: roundedCost(model, outlook.billedSeconds),
      chunks: outlook.pieces,
    };
  }

  /** As if there were no silence in it, and pauses wherever they are needed. */
  private ofLength(seconds: number | undefined, model: TranscriptionModelDescriptor): Outlook {
    if (seconds === undefined) throw ValidationError.at(['duration_seconds'], 'is required', 'missing');
    const { targetSeconds } = this.limits(model);
    const pieces = Math.ceil(seconds / targetSeconds);
    return { durationSeconds: seconds, billedSeconds: Math.ceil(seconds), pieces };
  }

  /** Just as it would be transcribed. */
  private ofRecording(
    file: TemporaryFile,
    model: TranscriptionModelDescriptor,
    signal: AbortSignal,
  ): Promise<Outlook> {
    return this.folders.with(async (folder) => {
      const { levels, samples } = await this.decoder.decode(file.path, folder, { signal });
      const pieces = planPieces(levels, samples, this.limits(model));
      return {
        durationSeconds: samples / SPEECH_SAMPLE_RATE,
        billedSeconds: pieces.reduce((sum, piece) => sum + billedSeconds(piece), 0),
        pieces: pieces.length,
      };
    });
  }

  private limits(model: TranscriptionModelDescriptor) {
    const { pieceSeconds } = this.config.transcription;
    return pieceLimits(model, { pieceSeconds, wantsTimes: false });
  }
}
