import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Expose, Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { eachItem } from './item-rule.js';

/*
 * Each decorator says once what a request field is: its rules and its documentation can't drift apart.
 * An optional field that is null counts as absent, and its default then holds. Rules are checked in their order
 * here, and the first that fails is the one reported, so the type comes first.
 */

/**
 * What an object becomes where no DTO is expected. class-transformer would walk it, and call its `constructor`
 * field; with nothing exposed there is nothing to walk.
 */
class Opaque {}

interface FieldOptions {
  readonly description: string;
  readonly example?: unknown;
  readonly optional?: boolean;
  readonly default?: unknown;
}

interface TextOptions extends FieldOptions {
  readonly maxLength: number;
  readonly pattern?: { readonly expression: RegExp; readonly message: string };
  /** Whether white space alone is acceptable; by default it is not. */
  readonly allowBlank?: boolean;
}

/** A string. */
export function TextField(options: TextOptions): PropertyDecorator {
  return applyDecorators(
    field(options, {
      type: 'string',
      minLength: options.allowBlank ? 0 : 1,
      maxLength: options.maxLength,
      ...textPattern(options),
    }),
    IsString({ message: 'must be a string' }),
    ...(options.allowBlank ? [] : [IsNotBlank(false)]),
    MaxLength(options.maxLength, { message: `must have at most ${options.maxLength} characters` }),
    ...(options.pattern ? [Matches(options.pattern.expression, { message: options.pattern.message })] : []),
  );
}

/** A list of strings. */
export function TextListField(
  options: TextOptions & { readonly minItems: number; readonly maxItems: number },
) {
  const { minItems, maxItems, maxLength } = options;
  return applyDecorators(
    field(options, {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength, ...textPattern(options) },
      minItems,
      maxItems,
    }),
    ...listRules(minItems, maxItems),
    IsString({
      each: true,
      message: 'must be a string',
      context: eachItem((item) => typeof item === 'string'),
    }),
    IsNotBlank(true),
    MaxLength(maxLength, {
      each: true,
      message: `must have at most ${maxLength} characters`,
      context: eachItem((item) => typeof item === 'string' && item.length <= maxLength),
    }),
  );
}

/** A list of strings, no two of which are the same. */
export function DistinctTextListField(options: Parameters<typeof TextListField>[0]): PropertyDecorator {
  return applyDecorators(TextListField(options), AreDistinct());
}

/** A list of one or more of a few words. */
export function ChoiceListField(
  options: FieldOptions & { readonly choices: readonly string[] },
): PropertyDecorator {
  const { choices } = options;
  return applyDecorators(
    field(options, {
      type: 'array',
      items: { type: 'string', enum: [...choices] },
      minItems: 1,
      maxItems: choices.length,
      uniqueItems: true,
    }),
    ...listRules(1, choices.length),
    IsIn(choices, {
      each: true,
      message: `must be one of ${choices.join(', ')}`,
      context: eachItem((item) => choices.includes(item as string)),
    }),
    AreDistinct(),
  );
}

/** A list of objects of one class. */
export function ObjectListField(
  type: () => new () => object,
  options: FieldOptions & { readonly minItems: number; readonly maxItems: number },
): PropertyDecorator {
  return applyDecorators(
    field(options, { type: [type()], minItems: options.minItems, maxItems: options.maxItems }, type),
    ...listRules(options.minItems, options.maxItems),
    IsNotList(),
    ValidateNested({ each: true, message: 'must be an object' }),
  );
}

/** The same for a list too long to be checked at once. Its items come as they were sent, for `validateItems`. */
export function LongObjectListField(
  type: () => new () => object,
  options: FieldOptions & { readonly minItems: number; readonly maxItems: number },
): PropertyDecorator {
  const { minItems, maxItems } = options;
  return applyDecorators(
    Transform(({ obj, key }) => (obj as Record<string, unknown>)[key] ?? undefined, { toClassOnly: true }),
    field(options, { type: [type()], minItems, maxItems }),
    ...listRules(minItems, maxItems),
  );
}

interface NumberOptions extends FieldOptions {
  readonly min: number;
  readonly max: number;
}

/** A whole number. */
export function IntegerField(options: NumberOptions): PropertyDecorator {
  return applyDecorators(
    field(options, { type: 'integer', minimum: options.min, maximum: options.max }),
    IsInt({ message: 'must be a whole number' }),
    ...bounds(options),
  );
}

/** A number. */
export function NumberField(options: NumberOptions): PropertyDecorator {
  return applyDecorators(
    field(options, { type: 'number', minimum: options.min, maximum: options.max }),
    IsNumber({ allowInfinity: false, allowNaN: false }, { message: 'must be a number' }),
    ...bounds(options),
  );
}

/** A whole number in the query string or a form. */
export function IntegerParameter(options: NumberOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) =>
      typeof value === 'string' && /^-?\d{1,15}$/u.test(value) ? Number(value) : (value as unknown),
    ),
    IntegerField(options),
  );
}

/** True or false. */
export function BooleanField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    field(options, { type: 'boolean' }),
    IsBoolean({ message: 'must be true or false' }),
  );
}

/** True or false in the query string. */
export function BooleanParameter(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown))),
    BooleanField(options),
  );
}

/** One of a few words. */
export function ChoiceField(
  options: FieldOptions & { readonly choices: readonly string[] },
): PropertyDecorator {
  return applyDecorators(
    field(options, { type: 'string', enum: [...options.choices] }),
    IsIn(options.choices, { message: `must be one of ${options.choices.join(', ')}` }),
  );
}

/** A JSON object of any shape. */
export function JsonObjectField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    // As it came: a transformation would walk it and lose its nulls.
    Transform(({ obj, key }) => (obj as Record<string, unknown>)[key] ?? undefined, { toClassOnly: true }),
    field(options, { type: 'object', additionalProperties: true }),
    ValidateBy(
      {
        name: 'isObject',
        validator: {
          validate: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
        },
      },
      { message: 'must be an object' },
    ),
  );
}

/** White space alone is refused by a rule of its own, which a schema can only say as a pattern. */
function textPattern({ pattern, allowBlank = false }: TextOptions): { pattern?: string } {
  if (pattern !== undefined) return { pattern: pattern.expression.source };
  return allowBlank ? {} : { pattern: String.raw`\S` };
}

function field(
  options: FieldOptions,
  schema: ApiPropertyOptions,
  type: () => new () => object = () => Opaque,
): PropertyDecorator {
  const optional = options.optional === true || options.default !== undefined;
  return applyDecorators(
    Expose(),
    Type(type),
    ApiProperty({
      ...schema,
      description: options.description,
      required: !optional,
      ...(options.example !== undefined && { example: options.example }),
      ...(options.default !== undefined && { default: options.default }),
    } as ApiPropertyOptions),
    ...(optional ? [Transform(({ value }) => (value as unknown) ?? undefined), IsOptional()] : []),
  );
}

function bounds({ min, max }: NumberOptions): PropertyDecorator[] {
  return [Max(max, { message: `must be at most ${max}` }), Min(min, { message: `must be at least ${min}` })];
}

function listRules(minItems: number, maxItems: number): PropertyDecorator[] {
  return [
    IsArray({ message: 'must be a list' }),
    ArrayMinSize(minItems, { message: `must have at least ${minItems} items` }),
    ArrayMaxSize(maxItems, { message: `must have at most ${maxItems} items` }),
  ];
}

/** Comes after the rule about their number: the time that it takes grows with the square of that. */
function AreDistinct(): PropertyDecorator {
  return ArrayUnique({ message: 'must all be different' });
}

function IsNotBlank(each: boolean): PropertyDecorator {
  return ValidateBy(
    { name: 'isNotBlank', validator: { validate: isNotBlank } },
    { each, message: 'must not be blank', context: eachItem(isNotBlank) },
  );
}

/** Of each item; class-validator would take a list of lists of DTOs for a list of them. */
function IsNotList(): PropertyDecorator {
  const accepts = (item: unknown) => !Array.isArray(item);
  return ValidateBy(
    { name: 'isObject', validator: { validate: accepts } },
    { each: true, message: 'must be an object', context: eachItem(accepts) },
  );
}

function isNotBlank(value: unknown): boolean {
  return typeof value !== 'string' || /\S/u.test(value);
}
