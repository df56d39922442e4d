import type { FieldProblem } from '../errors/app-error.js';

/** Deepest nesting that a JSON body may have. */
export const MAX_JSON_DEPTH = 32;

type Path = readonly (string | number)[];

interface Visit {
  readonly value: unknown;
  readonly path: Path;
}

/**
 * Finds what no field may hold anywhere in a body: NUL, which PostgreSQL can't store; lone surrogates, which are
 * no text; `__proto__` as a name; nesting that would overflow the stack of whoever walks it.
 * Iterative, so that the nesting can't hurt it either.
 * @param root first element of the reported path
 * @returns a problem, or null
 */
export function findStructuralProblem(body: unknown, root: string): FieldProblem | null {
  const stack: Visit[] = [{ value: body, path: [root] }];
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const problem = checkText(visit.value, visit.path) ?? pushChildren(visit, stack);
    if (problem !== null) return problem;
  }
  return null;
}

function checkText(value: unknown, path: Path): FieldProblem | null {
  if (typeof value !== 'string') return null;
  if (value.includes('\0')) return { loc: path, msg: 'must not contain a NUL character', type: 'string_nul' };
  if (!value.isWellFormed()) {
    return { loc: path, msg: 'must be well-formed Unicode, without lone surrogates', type: 'string_unicode' };
  }
  return null;
}

function pushChildren({ value, path }: Visit, stack: Visit[]): FieldProblem | null {
  if (typeof value !== 'object' || value === null) return null;
  if (path.length > MAX_JSON_DEPTH) {
    return {
      loc: path.slice(0, 8),
      msg: `must not be nested deeper than ${MAX_JSON_DEPTH} levels`,
      type: 'too_deep',
    };
  }
  if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => {
      if (typeof item === 'string' || typeof item === 'object') {
        stack.push({ value: item, path: [...path, index] });
      }
    });
    return null;
  }
  for (const [name, child] of Object.entries(value)) {
    const location = [...path, name];
    if (name === '__proto__')
      return { loc: path, msg: 'must not have a field __proto__', type: 'forbidden_name' };
    const problem = checkText(name, location);
    if (problem !== null) return { ...problem, loc: path };
    stack.push({ value: child as unknown, path: location });
  }
  return null;
}
