import { Body, Controller, Get, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/http/endpoint.decorator.js';
import { IdempotencyKey } from '../common/http/idempotency-key.decorator.js';
import type { JobAcceptedDto } from '../common/http/job-accepted.js';
import { RequestSignal } from '../common/http/request-signal.decorator.js';
import { RunModeDto } from '../common/http/run-mode.dto.js';
import type { TemporaryFile } from '../common/http/uploads/temporary-file.js';
import { TakesUpload, UploadedTemporaryFile } from '../common/http/uploads/upload.decorators.js';
import { AUDIO_FORMATS } from '../core/media/audio-formats.js';
import { AbilitiesService } from './abilities.service.js';
import { TEXT_ANSWERS } from './answer.js';
import { ConversionService } from './conversion.service.js';
import { ConvertDto, EstimateCostDto, TranscribeDto } from './dto/transcription-request.dto.js';
import {
  AudioFormatListDto,
  CostEstimateDto,
  SpeechLanguageListDto,
  TranscriptionHealthDto,
  TranscriptionModelListDto,
  TranscriptionResultDto,
} from './dto/transcription-response.dto.js';
import { EstimateService } from './estimate.service.js';
import { TranscriptionRequests } from './transcription-requests.js';

@ApiTags('transcription')
@Controller('transcription')
export class TranscriptionController {
  constructor(
    private readonly transcription: TranscriptionRequests,
    private readonly conversion: ConversionService,
    private readonly estimates: EstimateService,
    private readonly abilities: AbilitiesService,
  ) {}

  @Post('transcribe')
  @TakesUpload({ orJson: true })
  @Endpoint({
    summary: 'Write down what is said in a recording of any length',
    response: TranscriptionResultDto,
    otherAnswers: Object.values(TEXT_ANSWERS),
    calls: 'model',
    mayBeJob: true,
  })
  transcribe(
    @Body() request: TranscribeDto,
    @UploadedTemporaryFile() file: TemporaryFile | undefined,
    @Query() mode: RunModeDto,
    @IdempotencyKey() idempotencyKey: string | null,
    @RequestSignal() signal: AbortSignal,
  ): Promise<TranscriptionResultDto | StreamableFile | JobAcceptedDto> {
    return this.transcription.answer(request, file, { async: mode.async, idempotencyKey, signal });
  }

  @Post('convert')
  @TakesUpload()
  @Endpoint({
    summary: 'Convert audio, or the sound of a video, to another format',
    description:
      'A recording that is longer than `MEDIA_MAX_SECONDS` is refused with 422. Ogg and Opus are sent while they are ' +
      'made: where the length only shows then, or the rest can not be decoded, the connection is closed before the ' +
      'end of the answer, so that what came does not pass for the whole.',
    otherAnswers: AUDIO_FORMATS.map(({ mediaType }) => mediaType.split(';')[0] ?? mediaType),
    errors: ['rate-limited', 'not-configured'],
  })
  convert(
    @Body() request: ConvertDto,
    @UploadedTemporaryFile() file: TemporaryFile,
    @RequestSignal() signal: AbortSignal,
  ): Promise<StreamableFile> {
    return this.conversion.convert(request, file, signal);
  }

  @Post('estimate-cost')
  @TakesUpload({ orJson: true })
  @Endpoint({
    summary: 'What a transcription would cost',
    response: CostEstimateDto,
    errors: ['rate-limited', 'not-configured'],
  })
  estimateCost(
    @Body() request: EstimateCostDto,
    @UploadedTemporaryFile() file: TemporaryFile | undefined,
    @RequestSignal() signal: AbortSignal,
  ): Promise<CostEstimateDto> {
    return this.estimates.estimate(request, file, signal);
  }

  @Get('formats')
  @Endpoint({ summary: 'Formats that are read, and that can be converted to', response: AudioFormatListDto })
  formats(): AudioFormatListDto {
    return this.abilities.formats();
  }

  @Get('languages')
  @Endpoint({ summary: 'Languages that can be asked for', response: SpeechLanguageListDto })
  languages(): SpeechLanguageListDto {
    return this.abilities.languages();
  }

  @Get('models')
  @Endpoint({ summary: 'The transcription models that can be used', response: TranscriptionModelListDto })
  models(): TranscriptionModelListDto {
    return this.abilities.listModels();
  }

  @Get('health')
  @Endpoint({ summary: 'Whether recordings can be read and transcribed', response: TranscriptionHealthDto })
  health(): Promise<TranscriptionHealthDto> {
    return this.abilities.health();
  }
}
