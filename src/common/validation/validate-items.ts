import { TimeSlice } from '../async/time-slice.js';
import type { FieldProblem } from '../errors/app-error.js';
import { ValidationError } from '../errors/validation.error.js';
import { RequestValidationPipe } from './request-validation.pipe.js';

/** Most problems that one answer lists. */
const MAX_PROBLEMS = 20;

/**
 * Turns the items of a list in a body into DTOs, sharing the event loop: checking thousands at once would stop it.
 * @param field name of the list, for the paths of problems
 * @throws ValidationError
 */
export async function validateItems<T extends object>(
  type: new () => T,
  items: readonly unknown[],
  field: string,
): Promise<T[]> {
  const pipe = new RequestValidationPipe();
  const slice = new TimeSlice();
  const valid: T[] = [];
  const problems: FieldProblem[] = [];
  for (const [index, item] of items.entries()) {
    try {
      valid.push((await pipe.transform(item, { type: 'body', metatype: type })) as T);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      problems.push(...error.errors.map((problem) => within(field, index, problem)));
      if (problems.length >= MAX_PROBLEMS) break;
    }
    await slice.breathe();
  }
  const [first, ...rest] = problems.slice(0, MAX_PROBLEMS);
  if (first !== undefined) throw new ValidationError([first, ...rest]);
  return valid;
}

function within(
  field: string,
  index: number,
  { loc: [root = 'body', ...path], ...problem }: FieldProblem,
): FieldProblem {
  return { ...problem, loc: [root, field, index, ...path] };
}
