import { ApiProperty } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';
import { TextListField } from '../../common/validation/field.decorators.js';
import { type AnalyzedBy, ModelProperty, ProviderProperty } from './analyzed.dto.js';

/** The keywords of a text: part of the API's answer, and what a chat model has to answer with. */
export class KeywordsDto {
  @TextListField({
    description: 'Best first, none twice, each in the text or derived from its words.',
    minItems: 0,
    maxItems: 50,
    maxLength: 200,
    example: ['hotel', 'small room'],
  })
  keywords!: string[];
}

export class KeywordsResultDto extends KeywordsDto implements AnalyzedBy {
  @ModelProperty()
  model!: string;

  @ProviderProperty()
  provider!: string;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;
}
