import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class ModelDto {
  @ApiProperty({ description: 'Name to use as `model`.', example: 'gpt-6.1-terra' })
  id!: string;

  @ApiProperty({ description: 'What it is for.', enum: ['chat', 'embedding', 'transcription'] })
  kind!: 'chat' | 'embedding' | 'transcription';

  @ApiProperty({ description: 'Who runs it.', example: 'openai' })
  provider!: string;

  @ApiProperty({
    description:
      'Tokens of input and output together; of an embedding model, of its longest input; null of a transcription ' +
      'model, which is limited in bytes and seconds.',
    type: 'integer',
    nullable: true,
    example: 1_050_000,
  })
  context_tokens!: number | null;

  @ApiPropertyOptional({
    description: 'Most tokens of an answer; null where unknown.',
    type: 'integer',
    nullable: true,
    example: 128_000,
  })
  max_output_tokens?: number | null;

  @ApiPropertyOptional({
    description: 'Length of its vectors; null while a model that is in no catalogue has not been called.',
    type: 'integer',
    nullable: true,
  })
  dimensions?: number | null;

  @ApiPropertyOptional({
    description: 'Longest recording of one call; null where only its size matters. Longer ones are cut.',
    type: 'integer',
    nullable: true,
    example: 1390,
  })
  max_seconds?: number | null;

  @ApiPropertyOptional({
    description: 'Largest recording of one call; larger ones are cut.',
    type: 'integer',
  })
  max_bytes?: number;

  @ApiProperty({
    description:
      'US dollars for a million input tokens; null where unknown, and of models that are billed by the minute. Very ' +
      'long prompts may cost more.',
    type: 'number',
    nullable: true,
    example: 1,
  })
  price_per_million_input_tokens!: number | null;

  @ApiPropertyOptional({
    description: 'US dollars for a million output tokens; null where unknown.',
    type: 'number',
    nullable: true,
    example: 5,
  })
  price_per_million_output_tokens?: number | null;

  @ApiPropertyOptional({
    description: 'US dollars for a minute of recording; null where unknown.',
    type: 'number',
    nullable: true,
    example: 0.0045,
  })
  price_per_minute_usd?: number | null;

  @ApiProperty({
    description: 'Date on which its provider switches it off; null where none is known to be announced.',
    type: 'string',
    format: 'date',
    nullable: true,
    example: '2027-04-01',
  })
  retires_on!: string | null;

  @ApiProperty({ description: 'Whether requests that name no model of its kind get this one.' })
  default!: boolean;
}

export class ModelListDto {
  @ApiProperty({ type: [ModelDto] })
  models!: ModelDto[];
}
