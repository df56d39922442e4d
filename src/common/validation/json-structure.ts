import type { FieldProblem } from '../errors/app-error.js';

/** A value, and the way to it: put together only when there is a problem to report. */
interface Visit {
  readonly value: unknown;
  readonly name: string | number;
  readonly parent: Visit | null;
}

/**
 * Finds what no field may hold anywhere in a body: NUL, which PostgreSQL can't store; lone surrogates, which are
 * no text; numbers beyond any; `__proto__` as a name.
 * @param root first element of the reported path
 * @returns a problem, or null
 */
export function findStructuralProblem(body: unknown, root: string): FieldProblem | null {
  const stack: Visit[] = [{ value: body, name: root, parent: null }];
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const problem = checkValue(visit) ?? checkNames(visit);
    if (problem !== null) return problem;
    pushChildren(visit, stack);
  }
  return null;
}

function checkValue(visit: Visit): FieldProblem | null {
  const { value } = visit;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { loc: pathTo(visit), msg: 'must be a number that a double can hold', type: 'finite_number' };
  }
  return typeof value === 'string' ? checkText(value, visit) : null;
}

function checkText(value: string, visit: Visit): FieldProblem | null {
  if (value.includes('\0')) {
    return { loc: pathTo(visit), msg: 'must not contain a NUL character', type: 'string_nul' };
  }
  if (!value.isWellFormed()) {
    const msg = 'must be well-formed Unicode, without lone surrogates';
    return { loc: pathTo(visit), msg, type: 'string_unicode' };
  }
  return null;
}

function checkNames(visit: Visit): FieldProblem | null {
  const { value } = visit;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  for (const name of Object.keys(value)) {
    if (name === '__proto__') {
      return { loc: pathTo(visit), msg: 'must not have a field __proto__', type: 'forbidden_name' };
    }
    const problem = checkText(name, visit);
    if (problem !== null) return problem;
  }
  return null;
}

function pushChildren(parent: Visit, stack: Visit[]): void {
  const { value } = parent;
  if (typeof value !== 'object' || value === null) return;
  const isList = Array.isArray(value);
  for (const [name, child] of Object.entries(value)) {
    stack.push({ value: child as unknown, name: isList ? Number(name) : name, parent });
  }
}

function pathTo(visit: Visit): (string | number)[] {
  const path: (string | number)[] = [];
  for (let step: Visit | null = visit; step !== null; step = step.parent) path.unshift(step.name);
  return path;
}
