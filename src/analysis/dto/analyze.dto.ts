import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';
import { ModelProperty, ProviderProperty } from './analyzed.dto.js';
import { SentimentDto } from './sentiment.dto.js';

/** Why an analysis is missing. */
export class AnalysisProblemDto {
  @ApiProperty({ description: 'Kind of the problem.', example: '/problems/provider-timeout' })
  type!: string;

  @ApiProperty({ example: 'Model provider did not answer in time' })
  title!: string;

  @ApiProperty({ description: 'The HTTP status of the same failure alone.', type: 'integer', example: 504 })
  status!: number;

  @ApiProperty({ description: 'What to do about it.', example: 'The provider did not answer in time.' })
  detail!: string;
}

@ApiExtraModels(AnalysisProblemDto)
export class AnalyzeResultDto {
  @ApiPropertyOptional({ description: 'When asked for.', type: SentimentDto })
  sentiment?: SentimentDto;

  @ApiPropertyOptional({
    description: 'When asked for.',
    example: 'A lovely hotel with kind staff, but small rooms.',
  })
  summary?: string;

  @ApiPropertyOptional({ description: 'Along with the summary.', type: [String] })
  key_points?: string[];

  @ApiPropertyOptional({ description: 'When asked for; best first.', type: [String], example: ['hotel'] })
  keywords?: string[];

  @ApiPropertyOptional({
    description: 'Analyses that failed while others did not, by name. Absent when all went well.',
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(AnalysisProblemDto) },
  })
  errors?: Record<string, AnalysisProblemDto>;

  @ApiProperty({
    description: 'Words; in scripts without blanks, characters.',
    type: 'integer',
    example: 16,
  })
  word_count!: number;

  @ApiProperty({ description: 'Unicode characters.', type: 'integer', example: 77 })
  character_count!: number;

  @ApiProperty({
    description: 'ISO 639-1 code of the language; null where it is too little text to be sure.',
    type: 'string',
    nullable: true,
    example: 'en',
  })
  language!: string | null;

  @ModelProperty()
  model!: string;

  @ProviderProperty()
  provider!: string;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;
}
