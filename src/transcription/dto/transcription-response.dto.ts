import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';

const SECONDS = 'Seconds from the beginning of the recording.';

export class SegmentDto {
  @ApiProperty({ type: 'integer', example: 0 })
  id!: number;

  @ApiProperty({ description: SECONDS, type: 'number', example: 0.32 })
  start!: number;

  @ApiProperty({ description: SECONDS, type: 'number', example: 4.5 })
  end!: number;

  @ApiProperty({ example: 'Good morning, everybody.' })
  text!: string;
}

export class WordDto {
  @ApiProperty({ example: 'morning' })
  word!: string;

  @ApiProperty({ description: SECONDS, type: 'number', example: 0.71 })
  start!: number;

  @ApiProperty({ description: SECONDS, type: 'number', example: 1.1 })
  end!: number;
}

export class TranscriptionResultDto {
  @ApiProperty({
    description: 'What was said; empty where nothing was.',
    example: 'Good morning, everybody.',
  })
  text!: string;

  @ApiProperty({
    description: 'The language that is spoken, as an ISO 639-1 code; null where nobody says.',
    type: 'string',
    nullable: true,
    example: 'en',
  })
  language!: string | null;

  @ApiProperty({ description: 'Length of the recording.', type: 'number', example: 4.72 })
  duration_seconds!: number;

  @ApiPropertyOptional({ type: [SegmentDto] })
  segments?: SegmentDto[];

  @ApiPropertyOptional({ type: [WordDto] })
  words?: WordDto[];

  @ApiProperty({ description: 'The model that was used.', example: 'gpt-transcribe' })
  model!: string;

  @ApiProperty({ type: UsageDto, description: 'Costs are those of the seconds that were billed.' })
  usage!: UsageDto;
}

export class CostEstimateDto {
  @ApiProperty({ description: 'Length of the recording.', type: 'number', example: 3600 })
  duration_seconds!: number;

  @ApiProperty({
    description: 'Seconds that will be billed: without long silences, each piece rounded up.',
    type: 'number',
    example: 3600,
  })
  billed_seconds!: number;

  @ApiProperty({ example: 'gpt-transcribe' })
  model!: string;

  @ApiProperty({
    description: 'Null where the price is unknown.',
    type: 'number',
    nullable: true,
    example: 0.0045,
  })
  price_per_minute_usd!: number | null;

  @ApiProperty({
    description: 'Null where the price is unknown.',
    type: 'number',
    nullable: true,
    example: 0.27,
  })
  estimated_cost_usd!: number | null;

  @ApiProperty({ description: 'Pieces that it will be sent in.', type: 'integer', example: 12 })
  chunks!: number;
}

export class BitrateRangeDto {
  @ApiProperty({ type: 'integer', example: 8000 })
  min!: number;

  @ApiProperty({ type: 'integer', example: 320_000 })
  max!: number;
}

export class AudioFormatDto {
  @ApiProperty({ description: 'As `convert` takes it.', example: 'mp3' })
  format!: string;

  @ApiProperty({ example: 'audio/mpeg' })
  media_type!: string;

  @ApiProperty({ example: 'mp3' })
  extension!: string;

  @ApiProperty({ example: 'MP3, at a constant bitrate' })
  description!: string;

  @ApiPropertyOptional({
    description: 'Samples a second that it can have; any from 8000 to 192000 when absent.',
    type: [Number],
    example: [44_100, 48_000],
  })
  sample_rates?: number[];

  @ApiProperty({ type: 'integer', example: 2 })
  max_channels!: number;

  @ApiPropertyOptional({
    description: 'Bits a second; absent where none can be asked for.',
    type: BitrateRangeDto,
  })
  bitrates?: BitrateRangeDto;
}

export class AudioFormatListDto {
  @ApiProperty({ description: 'What `convert` can make.', type: [AudioFormatDto] })
  formats!: AudioFormatDto[];

  @ApiProperty({
    description: "Containers that are read, by ffmpeg's names, whatever the file is called.",
    type: [String],
    example: ['mp3', 'wav', 'mov'],
  })
  accepted!: string[];
}

export class SpeechLanguageDto {
  @ApiProperty({ description: 'ISO 639-1.', example: 'en' })
  code!: string;

  @ApiProperty({ example: 'English' })
  name!: string;
}

export class SpeechLanguageListDto {
  @ApiProperty({ type: [SpeechLanguageDto] })
  languages!: SpeechLanguageDto[];
}

export class TranscriptionModelDto {
  @ApiProperty({ example: 'gpt-transcribe' })
  id!: string;

  @ApiProperty({ example: 'openai' })
  provider!: string;

  @ApiProperty({
    description: 'Times that it gives; for others, segments are the pieces that a recording is cut into.',
    type: [String],
    example: ['segment', 'word'],
  })
  timestamps!: string[];

  @ApiProperty({ type: 'number', nullable: true, example: 0.0045 })
  price_per_minute_usd!: number | null;

  @ApiProperty({ description: 'Largest file of one call; longer recordings are cut.', type: 'integer' })
  max_bytes!: number;

  @ApiPropertyOptional({ description: 'Longest recording of one call.', type: 'integer', example: 1390 })
  max_seconds?: number;

  @ApiPropertyOptional({ description: 'Day on which its provider switches it off.', example: '2027-02-26' })
  retires_on?: string;

  @ApiProperty({ description: 'Whether requests that name no model get this one.' })
  default!: boolean;
}

export class TranscriptionModelListDto {
  @ApiProperty({ type: [TranscriptionModelDto] })
  models!: TranscriptionModelDto[];
}

export class FfmpegStateDto {
  @ApiProperty({ description: 'Whether ffmpeg and ffprobe are there.' })
  available!: boolean;

  @ApiProperty({ type: 'string', nullable: true, example: '7.1' })
  version!: string | null;
}

export class SpeechProviderStateDto {
  @ApiProperty({ description: 'Whether a provider of transcription is configured.' })
  configured!: boolean;

  @ApiProperty({ description: 'The default model.', example: 'gpt-transcribe' })
  model!: string;
}

export class TranscriptionHealthDto {
  @ApiProperty({
    description: '`degraded`: recordings can be converted, but there is no model. `unavailable`: no ffmpeg.',
    enum: ['ok', 'degraded', 'unavailable'],
  })
  status!: 'ok' | 'degraded' | 'unavailable';

  @ApiProperty({ type: FfmpegStateDto })
  ffmpeg!: FfmpegStateDto;

  @ApiProperty({ type: SpeechProviderStateDto })
  provider!: SpeechProviderStateDto;
}
