import { ApiProperty } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';

/** Who made a result, and what that cost. */
export interface AnalyzedBy {
  model: string;
  provider: string;
  usage: UsageDto;
}

export const ModelProperty = (): PropertyDecorator =>
  ApiProperty({
    description: 'The model that answered; several, separated by commas, where parts have different ones.',
    example: 'gpt-5-mini',
  });

export const ProviderProperty = (): PropertyDecorator =>
  ApiProperty({ description: 'Whose model it is.', example: 'openai' });
