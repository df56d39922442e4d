import type { ValidationError as FieldError } from 'class-validator';
import type { FieldProblem } from '../errors/app-error.js';
import { offendingIndex } from './item-rule.js';

/** class-validator's names of rules, as the `type`s that clients of FastAPI services know. */
const PROBLEM_TYPES: Partial<Record<string, string>> = {
  isString: 'string_type',
  isNotBlank: 'string_too_short',
  maxLength: 'string_too_long',
  matches: 'string_pattern_mismatch',
  isInt: 'int_type',
  isNumber: 'float_type',
  min: 'greater_than_equal',
  max: 'less_than_equal',
  isBoolean: 'bool_type',
  isIn: 'enum',
  isArray: 'list_type',
  arrayMinSize: 'too_short',
  arrayMaxSize: 'too_long',
  isObject: 'dict_type',
  nestedValidation: 'model_type',
};

/** Most problems that one answer lists. */
const MAX_PROBLEMS = 20;

/** class-validator's tree of errors as a flat list, each with the path to its value. */
export function toFieldProblems(errors: readonly FieldError[], root: string): FieldProblem[] {
  return errors.flatMap((error) => collect(error, [root])).slice(0, MAX_PROBLEMS);
}

function collect(error: FieldError, parents: readonly (string | number)[]): FieldProblem[] {
  const loc = [...parents, pathSegment(error.property, error.target)];
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
    describeProblem(error, rule, message, loc),
  );
  return [...own, ...(error.children ?? []).flatMap((child) => collect(child, loc))];
}

function describeProblem(
  error: FieldError,
  rule: string,
  message: string,
  loc: readonly (string | number)[],
): FieldProblem {
  if (error.value === undefined) return { loc, msg: 'is required', type: 'missing' };
  const index = offendingIndex(error.value, error.contexts?.[rule]);
  return {
    loc: index === null ? loc : [...loc, index],
    msg: message,
    type: PROBLEM_TYPES[rule] ?? 'value_error',
  };
}

function pathSegment(property: string, target: object | undefined): string | number {
  return Array.isArray(target) ? Number(property) : property;
}
