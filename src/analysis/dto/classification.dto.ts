import { ApiProperty } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';
import { NumberField, ObjectListField, TextField } from '../../common/validation/field.decorators.js';
import { type AnalyzedBy, ModelProperty, ProviderProperty } from './analyzed.dto.js';

export class CategoryConfidenceDto {
  @TextField({ description: 'One of the given categories.', maxLength: 200, example: 'travel' })
  category!: string;

  @NumberField({ description: 'How well it fits, from 0 to 1.', min: 0, max: 1, example: 0.93 })
  confidence!: number;
}

/** The categories of a text: part of the API's answer, and what a chat model has to answer with. */
export class ClassificationDto {
  @ObjectListField(() => CategoryConfidenceDto, {
    description: 'Every given category once, best first.',
    minItems: 2,
    maxItems: 100,
  })
  classifications!: CategoryConfidenceDto[];
}

export class ClassificationResultDto extends ClassificationDto implements AnalyzedBy {
  @ModelProperty()
  model!: string;

  @ProviderProperty()
  provider!: string;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;
}
