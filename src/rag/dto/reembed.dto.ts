import { ApiProperty } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';
import { IntegerField, TextField } from '../../common/validation/field.decorators.js';

export class ReembedDto {
  @TextField({
    description: 'Embedding model that the collection gets. The default model when absent.',
    maxLength: 200,
    optional: true,
    example: 'local-lexical',
  })
  embedding_model?: string;

  @IntegerField({
    description: "Length of the vectors; the model's own when absent.",
    min: 1,
    max: 16_000,
    optional: true,
    example: 256,
  })
  dimensions?: number;
}

export class ReembedResultDto {
  @ApiProperty({ description: 'The collection.', example: 'default' })
  collection!: string;

  @ApiProperty({ description: 'Model that it is embedded by now.', example: 'local-lexical' })
  embedding_model!: string;

  @ApiProperty({ description: 'Length of its vectors.', type: 'integer', example: 256 })
  dimensions!: number;

  @ApiProperty({ description: 'Documents in it.', type: 'integer', example: 2 })
  documents!: number;

  @ApiProperty({ description: 'Their chunks.', type: 'integer', example: 2 })
  chunks!: number;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;
}
