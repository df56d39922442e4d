import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidationError } from '../errors/validation.error.js';
import { JsonObjectField, NumberField } from './field.decorators.js';
import { checkJsonBytes } from './json-scan.js';
import { findStructuralProblem } from './json-structure.js';

/*
 * Fields of forms, where every value is text. Whole numbers are `IntegerParameter`, as in the query string, and
 * texts are `TextField`.
 */

const DECIMAL = /^-?\d{1,15}(?:\.\d{1,15})?$/u;

/** A number in a form. */
export function NumberFormField(options: Parameters<typeof NumberField>[0]): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) =>
      typeof value === 'string' && DECIMAL.test(value) ? Number(value) : (value as unknown),
    ),
    NumberField(options),
  );
}

/** A JSON object of any shape in a form, as text. What it may hold is what it may hold in a JSON body. */
export function JsonObjectFormField(options: Parameters<typeof JsonObjectField>[0]): PropertyDecorator {
  return applyDecorators(
    // First, and so applied last: JsonObjectField takes the value as it came.
    Transform(({ obj, key }) => parseObject((obj as Record<string, unknown>)[key], key), {
      toClassOnly: true,
    }),
    JsonObjectField(options),
  );
}

function parseObject(text: unknown, field: string): unknown {
  if (typeof text !== 'string') return text;
  const value = parseJson(text, field);
  const problem = findStructuralProblem(value, field);
  if (problem !== null) throw new ValidationError([{ ...problem, loc: ['body', ...problem.loc] }]);
  return value;
}

function parseJson(text: string, field: string): unknown {
  try {
    checkJsonBytes(Buffer.from(text));
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof ValidationError ? (error.errors[0]?.msg ?? '') : 'must be JSON';
    throw ValidationError.at([field], message, 'json_invalid');
  }
}
