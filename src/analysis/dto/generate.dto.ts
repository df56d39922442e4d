import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';
import {
  BooleanField,
  IntegerField,
  JsonObjectField,
  NumberField,
  TextField,
} from '../../common/validation/field.decorators.js';
import type { FinishReason } from '../../core/llm/chat-model.js';
import { ChatModelField, MAX_TEXT_LENGTH } from './fields.js';

const FINISH_REASONS: readonly FinishReason[] = ['stop', 'length', 'refusal'];

export class GenerateRequestDto {
  @TextField({
    description: 'What to write.',
    maxLength: MAX_TEXT_LENGTH,
    example: 'Write a friendly reply to this review.',
  })
  prompt!: string;

  @TextField({
    description: 'Text that the prompt is about. It is given as data: instructions in it are not followed.',
    maxLength: MAX_TEXT_LENGTH,
    optional: true,
    example: 'The staff were kind, but the room was far too small.',
  })
  context?: string;

  @TextField({ description: 'Instructions to the model.', maxLength: 20_000, optional: true })
  system_prompt?: string;

  @ChatModelField()
  model?: string;

  @IntegerField({
    description: 'Most tokens of the answer; `DEFAULT_MAX_TOKENS` when absent.',
    min: 1,
    max: 100_000,
    optional: true,
  })
  max_tokens?: number;

  @NumberField({
    description: 'Randomness; `DEFAULT_TEMPERATURE` when absent. Models that take none ignore it.',
    min: 0,
    max: 2,
    optional: true,
  })
  temperature?: number;

  @JsonObjectField({
    description:
      'JSON Schema of an object: the answer is then `data` that is valid against it. ' +
      'It may refer to its own `$defs`, but not to itself. Not together with `stream`.',
    optional: true,
    example: { type: 'object', properties: { reply: { type: 'string' } }, required: ['reply'] },
  })
  response_schema?: Record<string, unknown>;

  @BooleanField({
    description: 'Answer as server-sent events: `delta`s of the content, then `done`.',
    default: false,
  })
  stream = false;
}

export class GenerateResultDto {
  @ApiPropertyOptional({
    description: 'What the model wrote; absent with `response_schema`.',
    example: 'Thank you for your kind words!',
  })
  content?: string;

  @ApiPropertyOptional({
    description: 'What the model answered, valid against `response_schema`.',
    type: 'object',
    additionalProperties: true,
    example: { reply: 'Thank you!' },
  })
  data?: Record<string, unknown>;

  @ApiProperty({
    description: '`length`: cut off at `max_tokens`. `refusal`: the model declined.',
    enum: FINISH_REASONS,
    example: 'stop',
  })
  finish_reason!: FinishReason;

  @ApiProperty({ description: 'The model that answered.', example: 'gpt-5-mini' })
  model!: string;

  @ApiProperty({ example: 'openai' })
  provider!: string;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;
}
