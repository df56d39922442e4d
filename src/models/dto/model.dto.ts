import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class ModelDto {
  @ApiProperty({ description: 'Name to use as `model`.', example: 'gpt-6.1-terra' })
  id!: string;

  @ApiProperty({ description: 'What it is for.', enum: ['chat', 'embedding'] })
  kind!: 'chat' | 'embedding';

  @ApiProperty({ description: 'Who runs it.', example: 'openai' })
  provider!: string;

  @ApiProperty({
    description: 'Tokens of input and output together; of an embedding model, of its longest input.',
    type: 'integer',
    example: 1_050_000,
  })
  context_tokens!: number;

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

  @ApiProperty({
    description:
      'US dollars for a million input tokens; null where unknown. Very long prompts may cost more.',
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
