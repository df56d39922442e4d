import { IntegerField, ObjectListField } from '../../common/validation/field.decorators.js';

export const MAX_RELEVANCE = 10;

export class JudgementDto {
  @IntegerField({ description: 'Number of the passage.', min: 1, max: 100, example: 1 })
  passage!: number;

  @IntegerField({ description: 'How well it answers the query.', min: 0, max: MAX_RELEVANCE, example: 7 })
  relevance!: number;
}

/** What a chat model has to answer with. */
export class JudgementsDto {
  @ObjectListField(() => JudgementDto, { description: 'Every passage once.', minItems: 1, maxItems: 100 })
  judgements!: JudgementDto[];
}
