import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import type { FieldProblem } from '../errors/app-error.js';
import { findStructuralProblem } from './json-structure.js';
import { toFieldProblems } from './validation-problems.js';

export type Validated<T> =
  | { readonly value: T; readonly problems: readonly [] }
  | { readonly value: null; readonly problems: readonly [FieldProblem, ...FieldProblem[]] };

/**
 * A value from outside as the class that describes it, or what is wrong with it. Unknown fields are dropped.
 * @param root first element of the problems' paths
 */
export async function validateAs<T extends object>(
  type: new () => T,
  value: unknown,
  root: string,
): Promise<Validated<T>> {
  const structural = structuralProblem(value, root);
  if (structural !== null) return { value: null, problems: [structural] };
  const instance = plainToInstance(type, value, {
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
  return first === undefined
    ? { value: instance, problems: [] }
    : { value: null, problems: [first, ...rest] };
}

function structuralProblem(value: unknown, root: string): FieldProblem | null {
  if (value === undefined) return { loc: [root], msg: 'is required', type: 'missing' };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { loc: [root], msg: 'must be an object', type: 'model_type' };
  }
  return findStructuralProblem(value, root);
}
