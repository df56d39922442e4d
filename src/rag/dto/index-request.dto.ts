import {
  IntegerField,
  JsonObjectField,
  ObjectListField,
  TextField,
} from '../../common/validation/field.decorators.js';
import { CollectionNameField, DEFAULT_COLLECTION, DocumentIdField } from './fields.js';

/** Longest text of one document, in characters. */
export const MAX_DOCUMENT_LENGTH = 500_000;
export const MAX_CHUNK_SIZE = 20_000;

export class DocumentDto {
  @DocumentIdField({
    optional: true,
    description:
      'Id of the document; sending it again replaces it. Made from text, title and source when absent, so that ' +
      'sending the same again is no second document.',
  })
  id?: string;

  @TextField({
    description: 'The text.',
    maxLength: MAX_DOCUMENT_LENGTH,
    example: 'Employees get 25 days of holiday a year.',
  })
  text!: string;

  @TextField({
    description: 'The title; it counts in search for every part of the text.',
    maxLength: 1000,
    optional: true,
    example: 'Holiday policy',
  })
  title?: string;

  @TextField({
    description: 'Where it comes from, e.g. an address.',
    maxLength: 2000,
    optional: true,
    example: 'https://intranet.example/handbook',
  })
  source?: string;

  @TextField({
    description: 'What kind of source that is.',
    maxLength: 100,
    optional: true,
    example: 'handbook',
  })
  source_type?: string;

  @JsonObjectField({
    description: 'Anything else, to filter by; at most 64 KiB of JSON.',
    optional: true,
    example: { department: 'people', year: 2026 },
  })
  metadata?: Record<string, unknown>;
}

export class IndexDocumentsDto {
  @ObjectListField(() => DocumentDto, {
    description: 'The documents.',
    minItems: 1,
    maxItems: 1000,
  })
  documents!: DocumentDto[];

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

  @IntegerField({
    description: 'Longest chunk, in characters.',
    min: 1,
    max: MAX_CHUNK_SIZE,
    default: 1000,
  })
  chunk_size = 1000;

  @IntegerField({
    description:
      'How many characters a chunk repeats of the one before it; less than `chunk_size`. When absent, 200 or a ' +
      'fifth of `chunk_size`, whichever is less.',
    min: 0,
    max: MAX_CHUNK_SIZE - 1,
    optional: true,
  })
  chunk_overlap?: number;
}
