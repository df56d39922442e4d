import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';

const EMBEDDING_FORMS = [
  { type: 'array', items: { type: 'number' } },
  { type: 'string', contentEncoding: 'base64' },
];

export class GenerateEmbeddingResultDto {
  @ApiProperty({
    oneOf: EMBEDDING_FORMS,
    description: 'The vector: numbers, or base64 of little-endian 32-bit floats, as asked for.',
    example: [0.12, -0.05, 0.33],
  })
  embedding!: number[] | string;

  @ApiProperty({ description: 'The model that made it.', example: 'local-lexical' })
  model!: string;

  @ApiProperty({ description: 'Length of the vector.', type: 'integer', example: 384 })
  dimensions!: number;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;

  @ApiProperty({ description: 'Whether the vector was there already, so that no model was called for it.' })
  cached!: boolean;
}

export class BatchEmbeddingResultDto {
  @ApiProperty({
    type: 'array',
    items: { oneOf: EMBEDDING_FORMS },
    description: 'The vectors, in the order of the texts.',
    example: [[0.12, -0.05, 0.33]],
  })
  embeddings!: (number[] | string)[];

  @ApiProperty({ description: 'The model that made them.', example: 'local-lexical' })
  model!: string;

  @ApiProperty({ description: 'Length of each vector.', type: 'integer', example: 384 })
  dimensions!: number;

  @ApiProperty({ description: 'How many vectors there are.', type: 'integer', example: 2 })
  count!: number;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;

  @ApiProperty({ description: 'How many of them were there already.', type: 'integer', example: 0 })
  cached_count!: number;
}

export class SimilarityResultDto {
  @ApiProperty({ description: 'Cosine of the two vectors, −1 to 1.', type: 'number', example: 0.83 })
  similarity!: number;

  @ApiProperty({ description: 'The model that made the vectors.', example: 'local-lexical' })
  model!: string;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;
}

export class EmbeddingModelDto {
  @ApiProperty({ description: 'Name to use as `model`.', example: 'local-lexical' })
  id!: string;

  @ApiProperty({ description: 'Who runs it.', example: 'local' })
  provider!: string;

  @ApiProperty({
    description: 'Length of its vectors; null while a model that is in no catalogue has not been called.',
    type: 'integer',
    nullable: true,
    example: 384,
  })
  dimensions!: number | null;

  @ApiPropertyOptional({
    description: 'Fewest dimensions that a request may ask for; absent where the length is fixed.',
    type: 'integer',
    example: 64,
  })
  min_dimensions?: number;

  @ApiProperty({ description: 'Longest text, in tokens of the model.', type: 'integer', example: 8192 })
  max_input_tokens!: number;

  @ApiProperty({
    description: 'US dollars for a million tokens; null where unknown.',
    type: 'number',
    nullable: true,
    example: 0,
  })
  price_per_million_tokens!: number | null;

  @ApiProperty({ description: 'Whether requests that name no model get this one.' })
  default!: boolean;
}

export class EmbeddingModelListDto {
  @ApiProperty({ type: [EmbeddingModelDto] })
  models!: EmbeddingModelDto[];
}
