import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import type { FieldProblem } from '../errors/app-error.js';
import { ValidationError } from '../errors/validation.error.js';
import { findStructuralProblem } from './json-structure.js';
import { toFieldProblems } from './validation-problems.js';

const ROOTS: Record<ArgumentMetadata['type'], string> = {
  body: 'body',
  query: 'query',
  param: 'path',
  custom: 'request',
};

const PRIMITIVES: readonly unknown[] = [String, Number, Boolean, Array, Object, undefined];

/**
 * Turns what a client sent into the DTO that a handler takes, or answers with 422. Unknown fields are dropped.
 * Nest's own pipe reports messages without paths; ours points at every value.
 */
@Injectable()
export class RequestValidationPipe implements PipeTransform {
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom' || metatype === undefined || PRIMITIVES.includes(metatype)) return value;
    const root = ROOTS[type];
    const structural = structuralProblem(value, root);
    if (structural !== null) throw new ValidationError([structural]);
    const instance = plainToInstance(metatype as new () => object, value, {
      exposeUnsetFields: false,
      // Unknown fields are not even looked at: the time that takes grows with the square of their number.
      excludeExtraneousValues: true,
    });
    const errors = await validate(instance, {
      whitelist: true,
      stopAtFirstError: true,
      forbidUnknownValues: false,
    });
    const [first, ...rest] = toFieldProblems(errors, root);
    if (first !== undefined) throw new ValidationError([first, ...rest]);
    return instance;
  }
}

function structuralProblem(value: unknown, root: string): FieldProblem | null {
  if (value === undefined) return { loc: [root], msg: 'is required', type: 'missing' };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { loc: [root], msg: 'must be an object', type: 'model_type' };
  }
  return findStructuralProblem(value, root);
}
