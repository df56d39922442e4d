import {
  ChoiceField,
  IntegerField,
  TextField,
  TextListField,
} from '../../common/validation/field.decorators.js';

/** Characters that no text within 8,192 tokens can exceed: the longest token of the tokenizers in use is 128 long. */
const MAX_TEXT_LENGTH = 8192 * 128;
const MAX_MODEL_NAME_LENGTH = 200;

export const ENCODING_FORMATS = ['float', 'base64'] as const;
export type EncodingFormat = (typeof ENCODING_FORMATS)[number];

class EmbeddingOptionsDto {
  @TextField({
    description: 'Embedding model; see `GET /api/v1/embeddings/models`. The default model when absent.',
    maxLength: MAX_MODEL_NAME_LENGTH,
    optional: true,
    example: 'local-lexical',
  })
  model?: string;

  @IntegerField({
    description: "Length of the vector, between the model's `min_dimensions` and its `dimensions`.",
    min: 1,
    max: 16_000,
    optional: true,
  })
  dimensions?: number;

  @ChoiceField({
    description: '`base64` packs the vector as little-endian 32-bit floats, a third of the size of numbers.',
    choices: ENCODING_FORMATS,
    default: 'float',
  })
  encoding_format: EncodingFormat = 'float';
}

export class GenerateEmbeddingDto extends EmbeddingOptionsDto {
  @TextField({
    description: "The text to embed, up to the model's `max_input_tokens`.",
    maxLength: MAX_TEXT_LENGTH,
    example: 'A cat sat on the mat.',
  })
  text!: string;
}

export class BatchEmbeddingDto extends EmbeddingOptionsDto {
  @TextListField({
    description: 'The texts to embed. Duplicates are embedded once.',
    minItems: 1,
    maxItems: 2048,
    maxLength: MAX_TEXT_LENGTH,
    example: ['A cat sat on the mat.', 'Dogs bark.'],
  })
  texts!: string[];
}

export class SimilarityDto {
  @TextField({ description: 'One text.', maxLength: MAX_TEXT_LENGTH, example: 'A cat sat on the mat.' })
  text1!: string;

  @TextField({ description: 'The other.', maxLength: MAX_TEXT_LENGTH, example: 'The cat sits on a mat.' })
  text2!: string;

  @TextField({
    description: 'Embedding model; the default model when absent.',
    maxLength: MAX_MODEL_NAME_LENGTH,
    optional: true,
  })
  model?: string;
}
