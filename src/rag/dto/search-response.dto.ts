import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';
import { SEARCH_MODES, type SearchMode } from '../../core/vector-store/vector-store.js';

export class SearchResultDto {
  @ApiProperty({ description: 'Id of the document.', example: 'handbook-7' })
  document_id!: string;

  @ApiProperty({ description: 'Id of the chunk.', example: 'handbook-7#0' })
  chunk_id!: string;

  @ApiProperty({ description: 'Position of the chunk in its document, from 0.', type: 'integer', example: 0 })
  chunk_index!: number;

  @ApiProperty({ description: 'Text of the chunk.', example: 'Employees get 25 days of holiday a year.' })
  text!: string;

  @ApiProperty({ description: '0 to 1, higher is better.', type: 'number', example: 0.71 })
  score!: number;

  @ApiPropertyOptional({
    description: 'Cosine similarity to the query, −1 to 1; absent where only the words were compared.',
    type: 'number',
    example: 0.64,
  })
  dense_score?: number;

  @ApiPropertyOptional({
    description:
      "BM25 as the share of the query's weight that the chunk holds, 0 to 1; absent where no word is shared.",
    type: 'number',
    example: 0.78,
  })
  keyword_score?: number;

  @ApiProperty({ type: 'string', nullable: true, example: 'Holiday policy' })
  title!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'https://intranet.example/handbook' })
  source!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'handbook' })
  source_type!: string | null;

  @ApiProperty({
    description:
      'Of the document; and where it came as a file also `page`, `slide`, `sheet` and `headings` of the chunk, as ' +
      'far as the document has nothing of its own under these names.',
    type: 'object',
    additionalProperties: true,
    example: { department: 'people' },
  })
  metadata!: Record<string, unknown>;
}

export class SearchResponseDto {
  @ApiProperty({ description: 'Best first.', type: [SearchResultDto] })
  results!: SearchResultDto[];

  @ApiProperty({ example: 'How many days of holiday do I get?' })
  query!: string;

  @ApiProperty({ example: 'default' })
  collection!: string;

  @ApiProperty({ enum: SEARCH_MODES })
  mode!: SearchMode;

  @ApiProperty({ description: 'How many results there are.', type: 'integer', example: 1 })
  count!: number;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;
}

export class SourceDto extends SearchResultDto {
  @ApiProperty({ description: 'What `[1]` in the answer means, from 1.', type: 'integer', example: 1 })
  number!: number;
}

export class CitationDto {
  @ApiProperty({
    description: '`number` of the source that supports the statement.',
    type: 'integer',
    example: 1,
  })
  source!: number;

  @ApiProperty({
    description: 'Where the statement starts in `answer`, in UTF-16 units.',
    type: 'integer',
    example: 0,
  })
  start!: number;

  @ApiProperty({ description: 'Where it ends, exclusive.', type: 'integer', example: 40 })
  end!: number;
}

export class AnswerDto {
  @ApiProperty({ example: 'Employees get 25 days of holiday a year. [1]' })
  answer!: string;

  @ApiProperty({ description: 'The passages that the answer was made from.', type: [SourceDto] })
  sources!: SourceDto[];

  @ApiProperty({ description: 'Which source supports what.', type: [CitationDto] })
  citations!: CitationDto[];

  @ApiProperty({ description: 'The model that answered.', example: 'local-extractive' })
  model!: string;

  @ApiProperty({ example: 'local' })
  provider!: string;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;
}
