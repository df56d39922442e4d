import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { INDEX_STATES, type IndexStateName } from '../../core/vector-store/vector-store.js';

export class CollectionDto {
  @ApiProperty({ example: 'default' })
  name!: string;

  @ApiProperty({ type: 'integer', example: 2 })
  documents!: number;

  @ApiProperty({ type: 'integer', example: 2 })
  chunks!: number;

  @ApiProperty({ example: 'local-lexical' })
  embedding_model!: string;

  @ApiProperty({ description: 'Length of its vectors.', type: 'integer', example: 384 })
  dimensions!: number;

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  updated_at!: string;
}

export class CollectionListDto {
  @ApiProperty({ description: 'By name.', type: [CollectionDto] })
  collections!: CollectionDto[];

  @ApiProperty({ description: 'How many there are on all pages.', type: 'integer', example: 1 })
  total!: number;
}

export class CollectionDeletedDto {
  @ApiProperty({ enum: [true] })
  deleted!: true;

  @ApiProperty({ example: 'default' })
  name!: string;

  @ApiProperty({ description: 'Documents that were in it.', type: 'integer', example: 2 })
  documents!: number;

  @ApiProperty({ description: 'Chunks that were in it.', type: 'integer', example: 2 })
  chunks!: number;
}

export class DocumentSummaryDto {
  @ApiProperty({ example: 'handbook-7' })
  id!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'Holiday policy' })
  title!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'https://intranet.example/handbook' })
  source!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'handbook' })
  source_type!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { department: 'people' } })
  metadata!: Record<string, unknown>;

  @ApiProperty({ description: 'Length of its text.', type: 'integer', example: 40 })
  characters!: number;

  @ApiProperty({ description: 'How many chunks it is cut into.', type: 'integer', example: 1 })
  chunk_count!: number;

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  updated_at!: string;
}

export class DocumentListDto {
  @ApiProperty({ description: 'By id.', type: [DocumentSummaryDto] })
  documents!: DocumentSummaryDto[];

  @ApiProperty({ description: 'How many there are on all pages.', type: 'integer', example: 1 })
  total!: number;
}

/** Where in its file a chunk is. */
export class ChunkMetadataDto {
  @ApiPropertyOptional({ description: 'Of a PDF, from 1.', type: 'integer', example: 4 })
  page?: number;

  @ApiPropertyOptional({ description: 'Of a presentation, from 1.', type: 'integer' })
  slide?: number;

  @ApiPropertyOptional({ description: 'Of a workbook.' })
  sheet?: string;

  @ApiPropertyOptional({
    description: 'Above the text, from the outermost on.',
    type: [String],
    example: ['Handbook', 'Holiday'],
  })
  headings?: string[];
}

export class ChunkDto {
  @ApiProperty({ example: 'handbook-7#0' })
  chunk_id!: string;

  @ApiProperty({ description: 'Position in the document, from 0.', type: 'integer', example: 0 })
  chunk_index!: number;

  @ApiProperty({ example: 'Employees get 25 days of holiday a year.' })
  text!: string;

  @ApiProperty({ description: 'Where it starts in the text, in UTF-16 units.', type: 'integer', example: 0 })
  start!: number;

  @ApiProperty({ description: 'Where it ends, exclusive.', type: 'integer', example: 40 })
  end!: number;

  @ApiProperty({ description: 'Empty for a document that came as text.', type: ChunkMetadataDto })
  metadata!: ChunkMetadataDto;
}

export class DocumentDetailDto extends DocumentSummaryDto {
  @ApiProperty({ description: 'In order.', type: [ChunkDto] })
  chunks!: ChunkDto[];
}

export class DocumentDeletedDto {
  @ApiProperty({ enum: [true] })
  deleted!: true;

  @ApiProperty({ example: 'handbook-7' })
  id!: string;
}

export class IndexStateDto {
  @ApiProperty({
    description:
      '`none` while every vector can be compared in good time; then an index is built in the background.',
    enum: INDEX_STATES,
  })
  state!: IndexStateName;

  @ApiProperty({
    description: 'How the nearest vectors are found now: `exact` compares all of them.',
    example: 'exact',
  })
  kind!: string;

  @ApiPropertyOptional({
    description: 'How much of the index is built, where that is known.',
    type: 'integer',
    minimum: 0,
    maximum: 100,
  })
  progress_percent?: number;
}

export class CollectionStatisticsDto extends CollectionDto {
  @ApiProperty({ description: 'Size on disk, indexes included.', type: 'integer', example: 98304 })
  bytes!: number;

  @ApiProperty({ type: IndexStateDto })
  index!: IndexStateDto;
}

export class StatisticsDto {
  @ApiProperty({ description: 'How many collections there are.', type: 'integer', example: 1 })
  total_collections!: number;

  @ApiProperty({ type: 'integer', example: 2 })
  total_documents!: number;

  @ApiProperty({ type: 'integer', example: 2 })
  total_chunks!: number;

  @ApiProperty({ description: 'Size on disk, indexes included.', type: 'integer', example: 98304 })
  total_bytes!: number;

  @ApiProperty({ type: [CollectionStatisticsDto] })
  collections!: CollectionStatisticsDto[];

  @ApiProperty({ description: 'In use by some collection.', type: [String], example: ['local-lexical'] })
  embedding_models!: string[];

  @ApiProperty({ example: 'pgvector' })
  vector_store!: string;
}
