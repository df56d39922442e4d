import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';
import {
  ChoiceField,
  NumberField,
  ObjectListField,
  TextField,
} from '../../common/validation/field.decorators.js';
import { type Sentiment, SENTIMENTS } from '../text-analyzer.js';
import { type AnalyzedBy, ModelProperty, ProviderProperty } from './analyzed.dto.js';

const SENTIMENT = {
  description: '`neutral` when it judges nothing, `mixed` when praise and blame are both strong.',
  choices: SENTIMENTS,
  example: 'positive',
};
const SCORE = {
  description: '-1 is as negative as can be, 1 as positive.',
  min: -1,
  max: 1,
  example: 0.8,
};

export class AspectDto {
  @TextField({ description: 'The thing, in the words of the text.', maxLength: 200, example: 'staff' })
  aspect!: string;

  @ChoiceField(SENTIMENT)
  sentiment!: Sentiment;

  @NumberField(SCORE)
  score!: number;
}

/** The sentiment of a text: part of the API's answer, and what a chat model has to answer with. */
export class SentimentDto {
  @ChoiceField(SENTIMENT)
  sentiment!: Sentiment;

  @NumberField(SCORE)
  score!: number;

  @NumberField({
    description: 'How sure the model is, from 0 to 1.',
    min: 0,
    max: 1,
    example: 0.9,
  })
  confidence!: number;
}

/** The same with what a chat model has to say about each thing. */
export class AspectSentimentDto extends SentimentDto {
  @ObjectListField(() => AspectDto, {
    description: 'Each thing that the text judges, with how it does.',
    minItems: 0,
    maxItems: 30,
  })
  aspects!: AspectDto[];
}

export class SentimentResultDto extends SentimentDto implements AnalyzedBy {
  @ApiPropertyOptional({
    description: 'What the text thinks of each thing that it judges, when that was asked for.',
    type: [AspectDto],
  })
  aspects?: AspectDto[];

  @ModelProperty()
  model!: string;

  @ProviderProperty()
  provider!: string;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;
}
