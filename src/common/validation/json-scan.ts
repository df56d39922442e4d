import { isUtf8 } from 'node:buffer';
import { MalformedRequestError } from '../errors/malformed-request.error.js';
import { ValidationError } from '../errors/validation.error.js';

/** Deepest nesting that a JSON body may have. */
export const MAX_JSON_DEPTH = 32;
/** Most values in a body: lists, objects, and everything in them. */
export const MAX_JSON_VALUES = 250_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/**
 * Looks at the bytes of a JSON body before anything parses them: a few megabytes of brackets or of tiny fields cost
 * the parser, and whoever walks its result, seconds in which nothing else runs.
 * @throws MalformedRequestError when they are no UTF-8, ValidationError when they nest too deep or hold too much
 */
export function checkJsonBytes(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new MalformedRequestError('The body is not valid UTF-8.');
  let depth = 0;
  let values = 1;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === QUOTE) {
      index = endOfString(bytes, index);
    } else if (byte === COMMA) {
      values += 1;
    } else if (byte === OPENING_BRACKET || byte === OPENING_BRACE) {
      depth += 1;
      values += 1;
    } else if (byte === CLOSING_BRACKET || byte === CLOSING_BRACE) {
      depth -= 1;
    }
    if (depth > MAX_JSON_DEPTH)
      throw refuse(`must not be nested deeper than ${MAX_JSON_DEPTH} levels`, 'too_deep');
    if (values > MAX_JSON_VALUES)
      throw refuse(`must have at most ${MAX_JSON_VALUES} values in all`, 'too_long');
  }
}

/** Position of the quote that closes the string; the end of the bytes when none does. */
function endOfString(bytes: Buffer, start: number): number {
  let end = bytes.indexOf(QUOTE, start + 1);
  while (end !== -1 && isEscaped(bytes, end)) end = bytes.indexOf(QUOTE, end + 1);
  return end === -1 ? bytes.length : end;
}

function isEscaped(bytes: Buffer, position: number): boolean {
  let backslashes = 0;
  while (bytes[position - 1 - backslashes] === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

function refuse(message: string, type: string): ValidationError {
  return ValidationError.at([], message, type);
}
