import {
  BooleanField,
  ChoiceListField,
  DistinctTextListField,
  IntegerField,
} from '../../common/validation/field.decorators.js';
import { AnalysisModelField, AnalyzedTextField } from './fields.js';

export const ANALYSES = ['sentiment', 'summary', 'keywords'] as const;
export type AnalysisName = (typeof ANALYSES)[number];

/** What all analyses have in common. */
export class TextDto {
  @AnalyzedTextField()
  text!: string;

  @AnalysisModelField()
  model?: string;
}

export class AnalyzeRequestDto extends TextDto {
  @ChoiceListField({
    description: 'Which analyses to make.',
    choices: ANALYSES,
    default: [...ANALYSES],
  })
  analyses: AnalysisName[] = [...ANALYSES];
}

export class ClassifyRequestDto extends TextDto {
  @DistinctTextListField({
    description: 'The categories to choose from, all different.',
    minItems: 2,
    maxItems: 100,
    maxLength: 200,
    example: ['travel', 'food', 'politics'],
  })
  categories!: string[];

  @BooleanField({
    description:
      'Whether several categories can hold at once. Each confidence then stands alone; otherwise they add up to 1.',
    default: false,
  })
  multi_label = false;
}

export class SummarizeRequestDto extends TextDto {
  @IntegerField({
    description: 'Most words of the summary.',
    min: 10,
    max: 1000,
    optional: true,
    example: 50,
  })
  max_length?: number;
}

export class SentimentRequestDto extends TextDto {
  @BooleanField({
    description: 'Whether to say what the text thinks of each thing that it judges.',
    default: false,
  })
  include_aspects = false;
}

export class KeywordsRequestDto extends TextDto {
  @IntegerField({ description: 'Most keywords to return.', min: 1, max: 50, default: 10 })
  max_keywords = 10;
}
