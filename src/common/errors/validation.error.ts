import { AppError, type FieldProblem } from './app-error.js';

/** The request is well-formed but not valid. Each problem points at its value. */
export class ValidationError extends AppError {
  override readonly code = 'validation-error';
  override readonly errors: readonly FieldProblem[];

  constructor(problems: readonly [FieldProblem, ...FieldProblem[]]) {
    super(`${formatLocation(problems[0].loc)} ${problems[0].msg}`);
    this.errors = problems;
  }

  /** A single problem with a value in the body, e.g. `ValidationError.at(['documents', 0, 'text'], 'must …')`. */
  static at(path: readonly (string | number)[], message: string, type = 'value_error'): ValidationError {
    return new ValidationError([{ loc: ['body', ...path], msg: message, type }]);
  }
}

/** `["body", "documents", 0, "text"]` as `documents[0].text`; the root of a body as `body`. */
function formatLocation(location: readonly (string | number)[]): string {
  const path = location.length > 1 ? location.slice(1) : location;
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}
