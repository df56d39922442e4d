import { NumberField, TextField } from '../../common/validation/field.decorators.js';

/** What a language model is asked for. */
export class ModelJudgementDto {
  @NumberField({
    description: 'The level of complexity, 1 to 5; fractions are allowed.',
    min: 1,
    max: 5,
  })
  level!: number;

  @NumberField({
    description: 'Hours of work for somebody who knows the project, review and tests included.',
    min: 0.1,
    max: 2000,
  })
  hours!: number;

  @TextField({
    description: 'One to three sentences for the team: what makes the task as big or small as it is.',
    maxLength: 2000,
  })
  reasoning!: string;
}
