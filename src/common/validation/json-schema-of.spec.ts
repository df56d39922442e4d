import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ChoiceField, NumberField, ObjectListField, TextListField } from './field.decorators.js';
import { jsonSchemaOf } from './json-schema-of.js';

class PartDto {
  @NumberField({ description: 'How large.', min: 0, max: 1, example: 0.5 })
  size!: number;
}

class WholeDto {
  @ObjectListField(() => PartDto, { description: 'Its parts.', minItems: 1, maxItems: 2 })
  parts!: PartDto[];

  @TextListField({ description: 'Words.', minItems: 0, maxItems: 5, maxLength: 10, optional: true })
  words?: string[];

  @ChoiceField({ description: 'A letter.', choices: ['a', 'b'] })
  letter!: string;

  @ApiProperty({ type: () => PartDto })
  one!: PartDto;

  @ApiPropertyOptional({ type: Number, nullable: true })
  perhaps?: number | null;
}

const PART = {
  type: 'object',
  properties: { size: { type: 'number', minimum: 0, maximum: 1, description: 'How large.' } },
  required: ['size'],
  additionalProperties: false,
};

describe('jsonSchemaOf', () => {
  it('says what the documentation of a class says', () => {
    expect(jsonSchemaOf(WholeDto)).toEqual({
      type: 'object',
      properties: {
        parts: { type: 'array', items: PART, minItems: 1, maxItems: 2, description: 'Its parts.' },
        words: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 10, pattern: String.raw`\S` },
          minItems: 0,
          maxItems: 5,
          description: 'Words.',
        },
        letter: { type: 'string', enum: ['a', 'b'], description: 'A letter.' },
        one: PART,
        perhaps: { anyOf: [{ type: 'number' }, { type: 'null' }] },
      },
      required: ['parts', 'letter', 'one'],
      additionalProperties: false,
    });
  });
});
