import type { FieldProblem } from '../errors/app-error.js';

/** Deepest nesting that a JSON body may have. */
export const MAX_JSON_DEPTH = 32;
/** Most values in a body: lists, objects, and everything in them. */
export const MAX_JSON_VALUES = 250_000;

type Path = readonly (string | number)[];

interface Visit {
  readonly value: unknown;
  readonly path: Path;
}

/**
 * Finds what no field may hold anywhere in a body: NUL, which PostgreSQL can't store; lone surrogates, which are
 * no text; numbers beyond any; `__proto__` as a name; more values than whoever walks them has time for; nesting that
 * would overflow their stack. Iterative, so that the nesting can't hurt it either.
 * @param root first element of the reported path
 * @returns a problem, or null
 */
export function findStructuralProblem(body: unknown, root: string): FieldProblem | null {
  const stack: Visit[] = [{ value: body, path: [root] }];
  let values = 1;
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const problem = checkValue(visit.value, visit.path);
    if (problem !== null) return problem;
    if (typeof visit.value !== 'object' || visit.value === null) continue;
    if (visit.path.length > MAX_JSON_DEPTH) return tooDeep(visit.path);
    if (Array.isArray(visit.value) && values + visit.value.length > MAX_JSON_VALUES)
      return tooManyValues(root);
    const children = Object.entries(visit.value);
    values += children.length;
    if (values > MAX_JSON_VALUES) return tooManyValues(root);
    const badName = checkNames(visit, children);
    if (badName !== null) return badName;
    pushChildren(visit, children, stack);
  }
  return null;
}

function checkValue(value: unknown, path: Path): FieldProblem | null {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { loc: path, msg: 'must be a number that a double can hold', type: 'finite_number' };
  }
  return typeof value === 'string' ? checkText(value, path) : null;
}

function checkText(value: string, path: Path): FieldProblem | null {
  if (value.includes('\0')) return { loc: path, msg: 'must not contain a NUL character', type: 'string_nul' };
  if (!value.isWellFormed()) {
    return { loc: path, msg: 'must be well-formed Unicode, without lone surrogates', type: 'string_unicode' };
  }
  return null;
}

function checkNames({ value, path }: Visit, children: readonly [string, unknown][]): FieldProblem | null {
  if (Array.isArray(value)) return null;
  for (const [name] of children) {
    if (name === '__proto__') {
      return { loc: path, msg: 'must not have a field __proto__', type: 'forbidden_name' };
    }
    const problem = checkText(name, path);
    if (problem !== null) return problem;
  }
  return null;
}

function pushChildren({ value, path }: Visit, children: readonly [string, unknown][], stack: Visit[]): void {
  const isList = Array.isArray(value);
  for (const [name, child] of children) {
    // Most values are harmless; only the others cost a path.
    if (typeof child === 'boolean' || child === null) continue;
    stack.push({ value: child, path: [...path, isList ? Number(name) : name] });
  }
}

function tooDeep(path: Path): FieldProblem {
  return {
    loc: path.slice(0, 8),
    msg: `must not be nested deeper than ${MAX_JSON_DEPTH} levels`,
    type: 'too_deep',
  };
}

function tooManyValues(root: string): FieldProblem {
  return { loc: [root], msg: `must have at most ${MAX_JSON_VALUES} values in all`, type: 'too_many_values' };
}
