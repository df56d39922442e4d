import type { ChunkMetadata } from '../../core/vector-store/chunk-metadata.js';
import type { DocumentDto, IndexDocumentsDto } from '../dto/index-request.dto.js';

/** A stretch of a text that is all in one place of a file. */
export interface TextPart {
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
  readonly metadata: ChunkMetadata;
}

/** A document, and where in its file each part of its text is, if it came as a file. */
export interface SourceDocument extends DocumentDto {
  /** In order, and without overlap. */
  readonly parts?: readonly TextPart[];
}

export interface IndexRequest extends IndexDocumentsDto {
  documents: SourceDocument[];
}
