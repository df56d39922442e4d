import { ApiProperty } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';
import { TextField, TextListField } from '../../common/validation/field.decorators.js';
import { type AnalyzedBy, ModelProperty, ProviderProperty } from './analyzed.dto.js';

/** The summary of a text: part of the API's answer, and what a chat model has to answer with. */
export class SummaryDto {
  @TextField({
    description: 'What the text says, in fewer words.',
    maxLength: 20_000,
    example: 'A lovely hotel with kind staff, but small rooms.',
  })
  summary!: string;

  @TextListField({
    description:
      'Its three to five main points; as many as it has sentences, where these are fewer and no chat model is asked.',
    minItems: 1,
    maxItems: 5,
    maxLength: 2000,
    example: ['The staff were kind.', 'The room was too small.'],
  })
  key_points!: string[];
}

export class SummaryResultDto extends SummaryDto implements AnalyzedBy {
  @ModelProperty()
  model!: string;

  @ProviderProperty()
  provider!: string;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;
}
