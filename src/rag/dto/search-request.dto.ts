import {
  BooleanField,
  ChoiceField,
  IntegerField,
  JsonObjectField,
  NumberField,
  TextField,
  TextListField,
} from '../../common/validation/field.decorators.js';
import { SEARCH_MODES, type SearchMode } from '../../core/vector-store/vector-store.js';
import { CollectionNameField, DEFAULT_COLLECTION } from './fields.js';

const MAX_QUERY_LENGTH = 8000;

/** What search and query have in common. */
export class RetrievalDto {
  @TextField({
    description: 'What to look for.',
    maxLength: MAX_QUERY_LENGTH,
    example: 'How many days of holiday do I get?',
  })
  query!: string;

  @CollectionNameField({ optional: true })
  collection: string = DEFAULT_COLLECTION;

  @NumberField({
    description: 'Leaves out results with a lower `score`.',
    min: 0,
    max: 1,
    default: 0,
  })
  min_score = 0;

  @ChoiceField({
    description: '`dense` compares meaning, `keyword` words (BM25), `hybrid` both.',
    choices: SEARCH_MODES,
    default: 'hybrid',
  })
  mode: SearchMode = 'hybrid';

  @JsonObjectField({
    description:
      'Conditions on `document_id`, `title`, `source`, `source_type` and the metadata: `{"field": value}`, ' +
      '`{"field": {"$eq"|"$ne"|"$gt"|"$gte"|"$lt"|"$lte"|"$in"|"$nin"|"$exists": …}}`, `{"$and"|"$or": […]}`, ' +
      '`{"$not": …}`. Dots reach into nested metadata. At most 200 conditions, 10 levels, and 1,000 values in a list.',
    optional: true,
    example: { department: 'people', year: { $gte: 2025 } },
  })
  filter?: Record<string, unknown>;

  @BooleanField({
    description:
      'Whether a chat model reads the best passages and puts them into a better order; `score` is then its ' +
      'judgement. When absent, as the setting `RERANK` says.',
    optional: true,
    example: false,
  })
  rerank?: boolean;
}

export class SearchDto extends RetrievalDto {
  @IntegerField({ description: 'Most results to return.', min: 1, max: 100, default: 5 })
  limit = 5;

  @TextListField({
    description: 'Only documents of these source types.',
    minItems: 1,
    maxItems: 100,
    maxLength: 100,
    optional: true,
  })
  source_types?: string[];
}

export class QueryDto extends RetrievalDto {
  @IntegerField({ description: 'Most passages to answer from.', min: 1, max: 20, default: 5 })
  context_limit = 5;

  @TextField({
    description: 'Model that writes the answer. `local-extractive` quotes the passages.',
    maxLength: 200,
    optional: true,
  })
  model?: string;

  @TextField({
    description: 'Instructions to the language model; `local-extractive` has no use for them.',
    maxLength: 20_000,
    optional: true,
  })
  system_prompt?: string;

  @NumberField({
    description: 'Randomness of the language model; `local-extractive` has none.',
    min: 0,
    max: 2,
    optional: true,
  })
  temperature?: number;

  @IntegerField({
    description: 'Longest answer of a language model, in tokens.',
    min: 1,
    max: 100_000,
    optional: true,
  })
  max_tokens?: number;

  @BooleanField({
    description: 'Answer as server-sent events: `sources`, then `delta`s of the answer, then `done`.',
    default: false,
  })
  stream = false;
}
