import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { ValidationError } from '../errors/validation.error.js';
import { validateAs } from './validate-as.js';

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
    const validated = await validateAs(metatype as new () => object, value, ROOTS[type]);
    if (validated.value === null) throw new ValidationError(validated.problems);
    return validated.value;
  }
}
