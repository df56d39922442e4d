import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FileField } from '../../common/http/uploads/upload.decorators.js';
import { IntegerParameter, TextField } from '../../common/validation/field.decorators.js';
import { JsonObjectFormField } from '../../common/validation/form-field.decorators.js';
import { CollectionNameField, DEFAULT_COLLECTION, DocumentIdField } from './fields.js';
import { MAX_CHUNK_SIZE } from './index-request.dto.js';
import { IndexResultDto } from './index-response.dto.js';

export class IndexFileDto {
  @FileField({
    description:
      'The file: PDF, DOCX, PPTX, XLSX, HTML, Markdown, CSV or plain text. What it is shows in its bytes; its name ' +
      'only decides between kinds of text.',
  })
  file!: unknown;

  @DocumentIdField({
    optional: true,
    description:
      'Id of the document; sending it again replaces it. Made from text, title and source when absent, so that ' +
      'sending the same file again is no second document.',
  })
  id?: string;

  @TextField({
    description: "The title; when absent, the file's own or, where it has none, its name.",
    maxLength: 1000,
    optional: true,
    example: 'Holiday policy',
  })
  title?: string;

  @TextField({
    description: "Where it comes from, e.g. an address; when absent, the file's name.",
    maxLength: 2000,
    optional: true,
    example: 'https://intranet.example/handbook.pdf',
  })
  source?: string;

  @TextField({
    description:
      'What kind of source that is; when absent, the format of the file, e.g. `pdf` or `markdown`.',
    maxLength: 100,
    optional: true,
    example: 'handbook',
  })
  source_type?: string;

  @JsonObjectFormField({
    description: 'Anything else, to filter by, as JSON; at most 64 KiB.',
    optional: true,
    example: { department: 'people', year: 2026 },
  })
  metadata?: Record<string, unknown>;

  @CollectionNameField({ optional: true })
  collection: string = DEFAULT_COLLECTION;

  @TextField({
    description:
      "Embedding model of the collection. When absent, the collection's own or, for a new one, the default. " +
      'A collection keeps its model: another one is refused with 409.',
    maxLength: 200,
    optional: true,
  })
  embedding_model?: string;

  @IntegerParameter({
    description: 'Longest chunk, in characters. No chunk is on two pages, slides or sheets.',
    min: 1,
    max: MAX_CHUNK_SIZE,
    default: 1000,
  })
  chunk_size = 1000;

  @IntegerParameter({
    description:
      'How many characters a chunk repeats of the one before it; less than `chunk_size`. When absent, 200 or a ' +
      'fifth of `chunk_size`, whichever is less.',
    min: 0,
    max: MAX_CHUNK_SIZE - 1,
    optional: true,
  })
  chunk_overlap?: number;
}

export class IndexFileResultDto extends IndexResultDto {
  @ApiProperty({
    description: "The title that is stored: the request's, the file's own, or its name.",
    example: 'Holiday policy',
  })
  title!: string;

  @ApiPropertyOptional({
    description: 'Pages of a PDF, or slides of a presentation.',
    type: 'integer',
    example: 4,
  })
  pages?: number;

  @ApiProperty({ description: 'Length of the text that was found.', type: 'integer', example: 5210 })
  characters!: number;
}
